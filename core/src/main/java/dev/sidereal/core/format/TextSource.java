package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * The lines of a text file in strict UTF-8, plain or gzip (told apart by the first bytes, not by the name), as a stream
 * with line numbers. A byte order mark is dropped. Lines end in {@code \n} or {@code \r\n}. Not thread-safe.
 */
public final class TextSource implements AutoCloseable {
    /** A longer line is taken for a file that does not hold one record a line. */
    private static final int MAX_LINE_BYTES = 256 << 20;

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private byte[] line = new byte[1 << 12];
    private long number;

    private TextSource(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * Opens a file.
     *
     * @throws BadInput if it is not there, cannot be read, or is in UTF-16
     */
    public static TextSource open(Path file) {
        InputStream raw;
        try {
            raw = Files.newInputStream(file);
        } catch (IOException e) {
            throw new BadInput(
                    Files.exists(file)
                            ? "cannot read " + file + ": " + e + "; check that it is a file and its rights"
                            : "there is no file " + file + "; check the path",
                    e);
        }
        try {
            return of(file.toString(), raw);
        } catch (RuntimeException e) {
            closeQuietly(raw, e);
            throw e;
        }
    }

    /**
     * Reads a stream, which this source then owns.
     *
     * @param name what messages call it
     */
    static TextSource of(String name, InputStream raw) {
        try {
            PushbackInputStream in = new PushbackInputStream(raw, 1 << 16);
            TextSource source = new TextSource(name, startsGzip(in) ? new GZIPInputStream(in, 1 << 16) : in);
            source.skipByteOrderMark();
            return source;
        } catch (IOException e) {
            throw unreadable(name, 1, e);
        }
    }

    private static boolean startsGzip(PushbackInputStream in) throws IOException {
        byte[] magic = in.readNBytes(2);
        in.unread(magic);
        return magic.length == 2 && magic[0] == (byte) 0x1f && magic[1] == (byte) 0x8b;
    }

    private void skipByteOrderMark() throws IOException {
        limit = in.readNBytes(buffer, 0, 3);
        if (limit == 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            position = 3;
        } else if (limit >= 2
                && (buffer[0] & 0xff) + (buffer[1] & 0xff) == 0xff + 0xfe
                && buffer[0] < 0
                && buffer[1] < 0) {
            throw new BadInput(name + " is in UTF-16, expected UTF-8; convert it: iconv -f UTF-16 -t UTF-8");
        }
    }

    /**
     * {@return the next line without its end, or null after the last}
     *
     * @throws BadInput if the line is not UTF-8 or the file is damaged or cut off; the message has file and line
     */
    public @Nullable String next() {
        String raw = nextWithEnd();
        if (raw == null) {
            return null;
        }
        int end = raw.length();
        end -= end > 0 && raw.charAt(end - 1) == '\n' ? 1 : 0;
        end -= end > 0 && raw.charAt(end - 1) == '\r' ? 1 : 0;
        return raw.substring(0, end);
    }

    /** {@return the next line with its end as it stands in the file, or null after the last} */
    @Nullable
    String nextWithEnd() {
        try {
            int length = 0;
            while (true) {
                if (position == limit) {
                    limit = in.read(buffer);
                    position = 0;
                    if (limit <= 0) {
                        limit = 0;
                        return length == 0 ? null : decode(length);
                    }
                }
                int end = position;
                while (end < limit && buffer[end] != '\n') {
                    end++;
                }
                boolean complete = end < limit;
                end += complete ? 1 : 0;
                length = append(length, end);
                if (complete) {
                    return decode(length);
                }
            }
        } catch (IOException e) {
            throw unreadable(name, number + 1, e);
        }
    }

    private int append(int length, int end) {
        int grown = length + end - position;
        if (grown > MAX_LINE_BYTES) {
            throw new BadInput(name + ":" + (number + 1) + ": the line is longer than " + (MAX_LINE_BYTES >> 20)
                    + " MiB; expected one record a line");
        }
        if (grown > line.length) {
            line = Arrays.copyOf(line, Math.max(grown, 2 * line.length));
        }
        System.arraycopy(buffer, position, line, length, end - position);
        position = end;
        return grown;
    }

    private String decode(int length) {
        number++;
        String text = new String(line, 0, length, StandardCharsets.UTF_8);
        // The replacement character either stands in the file or stands for a malformed byte; only the strict decoder,
        // which is slower, knows.
        if (text.indexOf('\ufffd') >= 0) {
            try {
                StandardCharsets.UTF_8
                        .newDecoder()
                        .onMalformedInput(CodingErrorAction.REPORT)
                        .decode(ByteBuffer.wrap(line, 0, length));
            } catch (CharacterCodingException e) {
                throw new BadInput(
                        where() + ": a byte is not UTF-8, after '" + before(text) + "'; save the file as UTF-8", e);
            }
        }
        return text;
    }

    private static String before(String text) {
        int end = text.indexOf('\ufffd');
        return text.substring(Math.max(0, end - 20), end);
    }

    /** {@return the number of the line last read, from 1; 0 before the first} */
    public long number() {
        return number;
    }

    /** {@return {@code file:line} of the line last read} */
    public String where() {
        return name + ":" + number;
    }

    /** {@return what messages call this source} */
    public String name() {
        return name;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(name, number, e);
        }
    }

    private static BadInput unreadable(String name, long number, IOException e) {
        String where = name + ":" + number;
        return switch (e) {
            case EOFException end ->
                new BadInput(
                        where + ": the gzip data is cut off; the copy is not complete, copy or download it again", e);
            case ZipException damaged ->
                new BadInput(
                        where + ": the gzip data is damaged (" + e.getMessage() + "); copy or download it again", e);
            default -> new BadInput(where + ": cannot read on: " + e, e);
        };
    }

    private static void closeQuietly(InputStream in, RuntimeException failure) {
        try {
            in.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }
}
