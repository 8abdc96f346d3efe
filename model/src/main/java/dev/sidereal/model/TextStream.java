package dev.sidereal.model;

import java.util.Arrays;
import java.util.function.Function;

/**
 * Turns tokens that come one after the other into pieces of text. A character whose bytes are spread over several
 * tokens comes out whole, with its last token. Not thread-safe.
 */
public final class TextStream {
    private static final char UNFINISHED = '\uFFFD';

    /** A character has at most 4 bytes; what is still broken after as many tokens will not become whole. */
    private static final int MOST_HELD = 4;

    private final Function<int[], String> decode;
    private int[] ids = new int[16];
    private int count;

    /** Tokens before this are kept only as long as decoders need their neighbour to know whether a space follows. */
    private int start;

    /** Tokens before this have been given out. */
    private int given;

    TextStream(Function<int[], String> decode) {
        this.decode = decode;
    }

    /** {@return the text that is certain now, empty while a character is unfinished} */
    public String add(int id) {
        if (count == ids.length) {
            compact();
        }
        ids[count++] = id;
        String before = text(start, given);
        String now = text(start, count);
        boolean unfinished = !now.isEmpty() && now.charAt(now.length() - 1) == UNFINISHED;
        if (now.length() <= before.length() || (unfinished && count - given < MOST_HELD)) {
            return "";
        }
        start = given;
        given = count;
        return now.substring(before.length());
    }

    /** {@return the text of tokens still held, with the replacement character for what is broken} */
    public String finish() {
        String before = text(start, given);
        String now = text(start, count);
        start = given;
        given = count;
        return now.length() > before.length() ? now.substring(before.length()) : "";
    }

    private String text(int from, int to) {
        return from == to ? "" : decode.apply(Arrays.copyOfRange(ids, from, to));
    }

    /** Forgets tokens that no longer matter, or makes room. */
    private void compact() {
        int kept = count - start;
        int[] room = kept * 2 > ids.length ? new int[ids.length * 2] : ids;
        System.arraycopy(ids, start, room, 0, kept);
        ids = room;
        given -= start;
        count = kept;
        start = 0;
    }
}
