package dev.sidereal.server.frame;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The lines of a body, each within the limit of a body of one object. Used by one thread. */
public final class Lines {
    private final InputStream in;
    private final Limits limits;
    private long read;
    private int number;

    Lines(InputStream in, Limits limits) {
        this.in = new BufferedInputStream(in, 1 << 16);
        this.limits = limits;
    }

    /** {@return the number of the line last read, from 1} */
    public int number() {
        return number;
    }

    /**
     * {@return the next line without its end, or null after the last}
     *
     * @throws Refusal 413 if the line or all of them together are too large
     */
    public byte @Nullable [] next() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int b = in.read();
            if (b < 0) {
                return null;
            }
            number++;
            for (; b >= 0 && b != '\n'; b = in.read()) {
                line.write(b);
                if (line.size() > limits.bodyBytes()) {
                    throw Refusal.of(
                            413, "line " + number + " is over the limit of " + limits.bodyBytes() + " bytes a line");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        read += line.size() + 1;
        if (read > limits.bulkBytes()) {
            throw Call.tooLarge(limits.bulkBytes());
        }
        byte[] bytes = line.toByteArray();
        int end = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return java.util.Arrays.copyOf(bytes, end);
    }
}
