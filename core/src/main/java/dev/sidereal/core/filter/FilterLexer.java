package dev.sidereal.core.filter;

import dev.sidereal.core.filter.FilterToken.Kind;
import java.util.ArrayList;
import java.util.List;

/** Cuts a filter's text into tokens; the last is {@link Kind#END}. */
final class FilterLexer {
    private static final String SYMBOLS = "()[],=!<>";

    private final FilterText text;
    private final String chars;
    private final List<FilterToken> tokens = new ArrayList<>();
    private int at;

    private FilterLexer(FilterText text) {
        this.text = text;
        this.chars = text.chars();
    }

    static List<FilterToken> tokens(FilterText text) {
        FilterLexer lexer = new FilterLexer(text);
        while (lexer.at < lexer.chars.length()) {
            lexer.next();
        }
        lexer.tokens.add(new FilterToken(Kind.END, "", lexer.chars.length()));
        return lexer.tokens;
    }

    private void next() {
        char c = chars.charAt(at);
        if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '"' || c == '\'') {
            quoted(c);
        } else if (SYMBOLS.indexOf(c) >= 0) {
            symbol(c);
        } else {
            word();
        }
    }

    private void quoted(char quote) {
        int start = at++;
        StringBuilder value = new StringBuilder();
        while (at < chars.length()) {
            char c = chars.charAt(at++);
            if (c == quote) {
                tokens.add(new FilterToken(Kind.QUOTED, value.toString(), start));
                return;
            }
            if (c == '\\' && at < chars.length()) {
                c = chars.charAt(at++);
            }
            value.append(c);
        }
        throw text.error(start, "the quote that opens here is never closed; write \\" + quote + " for a quote inside");
    }

    private void symbol(char c) {
        boolean equals = at + 1 < chars.length() && chars.charAt(at + 1) == '=';
        if (c == '!' && !equals) {
            throw text.error(at, "'!' stands alone; write != or not");
        }
        String symbol = (c == '!' || c == '<' || c == '>') && equals ? c + "=" : String.valueOf(c);
        tokens.add(new FilterToken(Kind.SYMBOL, symbol, at));
        at += symbol.length();
    }

    private void word() {
        int start = at;
        while (at < chars.length() && isWordChar(chars.charAt(at))) {
            at++;
        }
        tokens.add(new FilterToken(Kind.WORD, chars.substring(start, at), start));
    }

    private static boolean isWordChar(char c) {
        return !Character.isWhitespace(c) && c != '"' && c != '\'' && SYMBOLS.indexOf(c) < 0;
    }
}
