package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON lines: one object a line, blank lines skipped. After a line that is no JSON object, reading may go on with the
 * next. Not thread-safe.
 */
public final class JsonLinesReader implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final TextSource source;

    JsonLinesReader(TextSource source) {
        this.source = source;
    }

    /**
     * Opens a file, plain or gzip.
     *
     * @throws BadInput if it cannot be read
     */
    public static JsonLinesReader open(Path file) {
        return new JsonLinesReader(TextSource.open(file));
    }

    /**
     * {@return the next row, or null after the last}
     *
     * @throws BadInput if the line is no JSON object, names a key twice, or holds half of a surrogate pair
     */
    public @Nullable JsonRow next() {
        String line = nextLine();
        return line == null ? null : parse(line);
    }

    /** {@return the next line that is not blank, or null after the last} */
    @Nullable
    String nextLine() {
        String line = source.next();
        while (line != null && line.isBlank()) {
            line = source.next();
        }
        return line;
    }

    /** Reads the line last returned by {@link #nextLine}. */
    JsonRow parse(String line) {
        JsonNode node;
        try {
            node = JSON.readTree(line);
        } catch (JacksonException e) {
            throw new BadInput(
                    source.where() + ": not JSON: " + firstSentence(e.getOriginalMessage())
                            + (line.startsWith("[") ? "; expected one object a line, not an array of objects" : ""),
                    e);
        }
        if (!(node instanceof ObjectNode object)) {
            throw new BadInput(source.where() + ": expected a JSON object, got " + JsonRow.shown(node));
        }
        // Only an escape can bring half a pair into text decoded from UTF-8.
        if ((line.contains("\\ud") || line.contains("\\uD")) && !UnicodeText.isWellFormed(node.toString())) {
            throw new BadInput(source.where() + ": a \\u escape is half of a surrogate pair, which is no character;"
                    + " write the pair or the character itself");
        }
        return new JsonRow(object, source.where());
    }

    private static String firstSentence(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** {@return {@code file:line} of the line last read} */
    public String where() {
        return source.where();
    }

    @Override
    public void close() {
        source.close();
    }
}
