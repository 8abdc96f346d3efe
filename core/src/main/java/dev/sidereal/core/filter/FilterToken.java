package dev.sidereal.core.filter;

/**
 * A piece of a filter's text.
 *
 * @param kind what it is
 * @param text the word, the text between the quotes with escapes resolved, or the symbol
 * @param at where it begins, in UTF-16 units from 0
 */
record FilterToken(Kind kind, String text, int at) {
    enum Kind {
        WORD,
        QUOTED,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    /** {@return how messages call it} */
    String shown() {
        return switch (kind) {
            case WORD, SYMBOL -> "'" + text + "'";
            case QUOTED -> "\"" + text + "\"";
            case END -> "the end";
        };
    }
}
