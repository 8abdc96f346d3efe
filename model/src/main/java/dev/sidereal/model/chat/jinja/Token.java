package dev.sidereal.model.chat.jinja;

/**
 * A piece of a template.
 *
 * @param text of a {@link Kind#STRING}, what it stands for
 * @param line from 1
 */
record Token(Kind kind, String text, int line) {
    enum Kind {
        /** Text that is written as it is. */
        TEXT,
        /** The beginning and end of a tag: <code>{{ }}</code> or <code>{% %}</code>. */
        OPEN_OUTPUT,
        CLOSE_OUTPUT,
        OPEN_TAG,
        CLOSE_TAG,
        NAME,
        STRING,
        INTEGER,
        FLOAT,
        /** An operator or a bracket. */
        SIGN,
        END
    }

    boolean is(Kind other, String what) {
        return kind == other && text.equals(what);
    }
}
