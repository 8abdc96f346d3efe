package dev.sidereal.model.chat.jinja;

/** A text that grows up to a limit, so that a hostile template cannot fill the memory. Not thread-safe. */
final class BoundedText {
    private static final int LONGEST = 16 << 20;

    private final StringBuilder out = new StringBuilder();

    BoundedText append(CharSequence text) {
        return append(text, 0, text.length());
    }

    BoundedText append(CharSequence text, int from, int to) {
        if (out.length() + (long) to - from > LONGEST) {
            throw new TemplateError("a text grows beyond " + LONGEST + " characters");
        }
        out.append(text, from, to);
        return this;
    }

    static String join(String between, Iterable<String> parts) {
        BoundedText text = new BoundedText();
        boolean first = true;
        for (String part : parts) {
            text.append(first ? "" : between).append(part);
            first = false;
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
