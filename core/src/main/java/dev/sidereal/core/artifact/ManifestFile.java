package dev.sidereal.core.artifact;

import dev.sidereal.core.error.CorruptArtifact;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.util.DefaultIndenter;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads and writes {@code manifest.json}: indented, keys sorted, line ends {@code \n}. */
final class ManifestFile {
    static final String NAME = "manifest.json";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(JsonNodeFeature.WRITE_PROPERTIES_SORTED)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();
    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter PRETTY = JSON.writer()
            .with(new DefaultPrettyPrinter().withObjectIndenter(INDENT).withArrayIndenter(INDENT));

    private ManifestFile() {}

    static void write(Path folder, Manifest manifest) throws IOException {
        ObjectNode root = Manifest.tree();
        root.put("kind", manifest.kind());
        root.put("format_version", manifest.formatVersion());
        root.put("created", manifest.created().toString());
        ObjectNode madeFrom = root.putObject("made_from");
        manifest.madeFrom().forEach(madeFrom::put);
        root.set("settings", manifest.settings());
        root.set("contents", manifest.contents());
        root.set("measures", manifest.measures());
        Files.writeString(folder.resolve(NAME), PRETTY.writeValueAsString(root) + "\n", StandardCharsets.UTF_8);
    }

    static Manifest read(Path folder) {
        Path file = folder.resolve(NAME);
        JsonNode root;
        try {
            root = JSON.readTree(Files.readString(file, StandardCharsets.UTF_8));
        } catch (JacksonException e) {
            throw damaged(file, "it is not JSON (" + e.getOriginalMessage() + ")", e);
        } catch (IOException e) {
            throw damaged(file, "it cannot be read (" + e + ")", e);
        }
        SortedMap<String, String> madeFrom = new TreeMap<>();
        object(file, root, "made_from")
                .properties()
                .forEach(e -> madeFrom.put(e.getKey(), text(file, e.getKey(), e.getValue())));
        JsonNode version = root.path("format_version");
        if (!version.isInt() || version.intValue() < 1) {
            throw damaged(file, "'format_version' must be a whole number from 1, got " + version, null);
        }
        return new Manifest(
                text(file, "kind", root.path("kind")),
                version.intValue(),
                created(file, root),
                madeFrom,
                object(file, root, "settings"),
                object(file, root, "contents"),
                object(file, root, "measures"));
    }

    private static Instant created(Path file, JsonNode root) {
        String text = text(file, "created", root.path("created"));
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw damaged(file, "'created' must be a time such as 2026-01-31T12:00:00Z, got '" + text + "'", e);
        }
    }

    private static String text(Path file, String name, JsonNode node) {
        if (!node.isString() || node.stringValue().isBlank()) {
            throw damaged(file, "'" + name + "' must be a text, got " + node, null);
        }
        return node.stringValue();
    }

    private static ObjectNode object(Path file, JsonNode root, String name) {
        if (root.path(name) instanceof ObjectNode object) {
            return object;
        }
        throw damaged(file, "'" + name + "' must be an object, got " + root.path(name), null);
    }

    private static CorruptArtifact damaged(Path file, String what, @Nullable Throwable cause) {
        String message = file + " is damaged: " + what + "; restore the folder from a copy or build it again";
        return cause == null ? new CorruptArtifact(message) : new CorruptArtifact(message, cause);
    }
}
