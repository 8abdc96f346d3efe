package dev.sidereal.core.filter;

import dev.sidereal.core.error.BadInput;

/**
 * A filter as the user wrote it, able to point at a place in itself.
 *
 * @param chars the text
 */
record FilterText(String chars) {
    private static final int SHOWN_EACH_SIDE = 60;

    /** {@return an error whose message tells the position, counted in characters from 1, and shows it} */
    BadInput error(int at, String what) {
        int from = Math.max(0, at - SHOWN_EACH_SIDE);
        int to = Math.min(chars.length(), at + SHOWN_EACH_SIDE);
        String before = (from > 0 ? "..." : "") + oneLine(chars.substring(from, at));
        String after = oneLine(chars.substring(at, to)) + (to < chars.length() ? "..." : "");
        String caret = " ".repeat(before.codePointCount(0, before.length())) + "^";
        int position = chars.codePointCount(0, at) + 1;
        return new BadInput(
                "filter, at character " + position + ": " + what + "\n  " + before + after + "\n  " + caret);
    }

    private static String oneLine(String part) {
        StringBuilder out = new StringBuilder(part.length());
        part.codePoints().map(c -> Character.isISOControl(c) ? ' ' : c).forEach(out::appendCodePoint);
        return out.toString();
    }
}
