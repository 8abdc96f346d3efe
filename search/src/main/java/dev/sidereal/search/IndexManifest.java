package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.core.error.CorruptArtifact;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
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

    /** @throws CorruptArtifact if a setting is missing or of another type */
    static IndexSettings settings(Manifest manifest) {
        try {
            ObjectNode tree = manifest.settings();
            return new IndexSettings(
                    need(tree, "language").stringValue(),
                    AclMode.valueOf(need(tree, "acl").stringValue().toUpperCase(Locale.ROOT)),
                    need(tree, "passage_chars").intValue(),
                    lexical(tree.path(Bm25Leg.NAME)),
                    dense(tree.path(DenseLeg.NAME), manifest));
        } catch (IllegalArgumentException | tools.jackson.databind.exc.JsonNodeException e) {
            throw new CorruptArtifact(
                    "the index's manifest is damaged: " + e.getMessage() + "; restore it from a copy or index again",
                    e);
        }
    }

    private static IndexSettings.@Nullable Lexical lexical(JsonNode tree) {
        return tree.isMissingNode()
                ? null
                : new IndexSettings.Lexical(
                        need(tree, "k1").floatValue(),
                        need(tree, "b").floatValue(),
                        need(tree, "title_weight").floatValue());
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
                need(tree, "encoder").stringValue(),
                fingerprint,
                need(tree, "dims").intValue(),
                need(tree, "max_tokens").intValue(),
                need(tree, "normalised").booleanValue());
        return new IndexSettings.Dense(
                card,
                need(tree, "quantised").booleanValue(),
                need(tree, "exact_below").intValue(),
                need(tree, "search_width").intValue(),
                need(tree, "connections").intValue(),
                need(tree, "build_width").intValue());
    }

    private static JsonNode need(JsonNode tree, String name) {
        JsonNode node = tree.path(name);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("setting '" + name + "' is missing");
        }
        return node;
    }
}
