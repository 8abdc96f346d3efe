package dev.sidereal.core.format;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes JSON lines in UTF-8: one value a line, line ends {@code \n}. A text that holds half of a surrogate pair, which
 * UTF-8 cannot say, is an {@link java.nio.charset.CharacterCodingException}. Not thread-safe.
 */
public final class JsonLinesWriter implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Writer out;

    /** Writes to a stream, which this writer closes. */
    public JsonLinesWriter(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8.newEncoder()), 1 << 16);
    }

    /** {@return the line as it was written, without its end} */
    public String write(JsonNode value) throws IOException {
        String line = line(value);
        out.write(line);
        out.write('\n');
        return line;
    }

    /** {@return a value as it is written on a line} */
    static String line(JsonNode value) {
        return JSON.writeValueAsString(value);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
