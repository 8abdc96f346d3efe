package dev.sidereal.core.format;

import java.io.Reader;

/** A {@link TextSource} as a character stream with the line ends of the file; reads no further than asked. */
final class TextSourceReader extends Reader {
    private final TextSource source;
    private String line = "";
    private int position;

    TextSourceReader(TextSource source) {
        this.source = source;
    }

    @Override
    public int read(char[] target, int offset, int length) {
        if (position == line.length()) {
            String next = source.nextWithEnd();
            if (next == null) {
                return -1;
            }
            line = next;
            position = 0;
        }
        int n = Math.min(length, line.length() - position);
        line.getChars(position, position + n, target, offset);
        position += n;
        return n;
    }

    @Override
    public void close() {
        source.close();
    }
}
