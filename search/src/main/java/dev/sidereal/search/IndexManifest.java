package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.CorruptArtifact;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

/** Settings of an index to and from its manifest. */
final class IndexManifest {
    static final String KIND = "index";
    static final int FORMAT_VERSION = 1;

    private IndexManifest() {}

    static Manifest of(IndexSettings settings) {
        ObjectNode tree = Manifest.tree();
        tree.put("language", settings.language());
        tree.put("acl", settings.aclMode().label());
        tree.put("passage_chars", settings.passageChars());
        IndexSettings.Lexical lexical = settings.lexical();
        if (lexical != null) {
            ObjectNode bm25 = tree.putObject(Bm25Leg.NAME);
            bm25.put("k1", lexical.k1());
            bm25.put("b", lexical.b());
            bm25.put("title_weight", lexical.titleWeight());
        }
        Manifest manifest = Manifest.of(KIND, FORMAT_VERSION);
        IndexSettings.Dense dense = settings.dense();
        if (dense == null) {
            return manifest.withSettings(tree);
        }
        ObjectNode vectors = tree.putObject(DenseLeg.NAME);
        vectors.put("encoder", dense.encoder().name());
        vectors.put("dims", dense.encoder().dims());
        vectors.put("max_tokens", dense.encoder().maxTokens());
        vectors.put("normalised", dense.encoder().normalised());
        vectors.put("quantised", dense.quantised());
        vectors.put("exact_below", dense.exactBelow());
        vectors.put("search_width", dense.searchWidth());
        vectors.put("connections", dense.connections());
        vectors.put("build_width", dense.buildWidth());
        return manifest.withSettings(tree).withSource("encoder", dense.encoder().fingerprint());
    }

    /**
     * Reads the settings back.
     *
     * @param folder for the message
     * @throws CorruptArtifact if a setting is missing or of another type
     */
    static IndexSettings settings(Manifest manifest, Path folder) {
        try {
            ObjectNode tree = manifest.settings();
            return new IndexSettings(
                    need(tree, "language", JsonNodeType.STRING).stringValue(),
                    AclMode.valueOf(
                            need(tree, "acl", JsonNodeType.STRING).stringValue().toUpperCase(Locale.ROOT)),
                    integer(tree, "passage_chars"),
                    lexical(tree.path(Bm25Leg.NAME)),
                    dense(tree.path(DenseLeg.NAME), manifest));
        } catch (IllegalArgumentException | BadConfig e) {
            throw new CorruptArtifact(
                    "the manifest of the index " + folder + " is damaged: " + e.getMessage()
                            + "; restore it from a copy or index again",
                    e);
        }
    }

    private static IndexSettings.@Nullable Lexical lexical(JsonNode tree) {
        return tree.isMissingNode()
                ? null
                : new IndexSettings.Lexical(
                        (float) need(tree, "k1", JsonNodeType.NUMBER).doubleValue(),
                        (float) need(tree, "b", JsonNodeType.NUMBER).doubleValue(),
                        (float) need(tree, "title_weight", JsonNodeType.NUMBER).doubleValue());
    }

    private static IndexSettings.@Nullable Dense dense(JsonNode tree, Manifest manifest) {
        if (tree.isMissingNode()) {
            return null;
        }
        String fingerprint = manifest.madeFrom().get("encoder");
        if (fingerprint == null) {
            throw new IllegalArgumentException("it does not say which encoder made the vectors");
        }
        EncoderCard card = new EncoderCard(
                need(tree, "encoder", JsonNodeType.STRING).stringValue(),
                fingerprint,
                integer(tree, "dims"),
                integer(tree, "max_tokens"),
                need(tree, "normalised", JsonNodeType.BOOLEAN).booleanValue());
        return new IndexSettings.Dense(
                card,
                need(tree, "quantised", JsonNodeType.BOOLEAN).booleanValue(),
                integer(tree, "exact_below"),
                integer(tree, "search_width"),
                integer(tree, "connections"),
                integer(tree, "build_width"));
    }

    private static int integer(JsonNode tree, String name) {
        JsonNode node = need(tree, name, JsonNodeType.NUMBER);
        if (!node.canConvertToInt() || !node.isIntegralNumber()) {
            throw new IllegalArgumentException("setting '" + name + "' must be a whole number, got " + node);
        }
        return node.intValue();
    }

    private static JsonNode need(JsonNode tree, String name, JsonNodeType type) {
        JsonNode node = tree.path(name);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("setting '" + name + "' is missing");
        }
        if (node.getNodeType() != type) {
            throw new IllegalArgumentException(
                    "setting '" + name + "' must be a " + type.name().toLowerCase(Locale.ROOT) + ", got " + node);
        }
        return node;
    }
}
