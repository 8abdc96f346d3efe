package dev.sidereal.model.chat.jinja;

import dev.sidereal.model.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Cuts a template into tokens, with the settings of transformers: the first newline after a tag goes, and so does the
 * space before one that begins its line.
 */
final class Lexer {
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:_\\d+)*(\\.\\d+)?(?:[eE][+-]?\\d+)?");
    private static final Pattern SIGN = Pattern.compile("\\*\\*|//|==|!=|<=|>=|[-+*/%~|.,:=<>()\\[\\]{}]");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%}");
    private static final Pattern RAW = Pattern.compile("\\{%[-+]?\\s*raw\\s*(-?)[+]?%}");

    private final String source;
    private final List<Token> tokens = new ArrayList<>();
    private int at;
    private int counted;
    private int lines = 1;

    private Lexer(String source) {
        this.source = source;
    }

    static List<Token> tokens(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        Lexer lexer = new Lexer(source.endsWith("\n") ? source.substring(0, source.length() - 1) : source);
        lexer.template();
        return lexer.tokens;
    }

    private void template() {
        while (at < source.length()) {
            int tag = nextTag();
            text(source.substring(at, tag), tag);
            at = tag;
            if (at < source.length()) {
                tag();
            }
        }
        add(Kind.END, "");
    }

    private int nextTag() {
        for (int i = source.indexOf('{', at); i >= 0 && i + 1 < source.length(); i = source.indexOf('{', i + 1)) {
            if ("{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return source.length();
    }

    /** Adds text, less the space that the tag after it takes. */
    private void text(String text, int tag) {
        String kept = text;
        if (tag < source.length()) {
            char modifier = tag + 2 < source.length() ? source.charAt(tag + 2) : ' ';
            if (modifier == '-') {
                kept = text.stripTrailing();
            } else if (modifier != '+' && source.charAt(tag + 1) != '{') {
                kept = withoutIndent(text);
            }
        }
        if (!kept.isEmpty()) {
            add(Kind.TEXT, kept);
        }
    }

    private String withoutIndent(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == ' ' || text.charAt(end - 1) == '\t')) {
            end--;
        }
        boolean beginsLine = end > 0 ? text.charAt(end - 1) == '\n' : at == 0 || source.charAt(at - 1) == '\n';
        return beginsLine ? text.substring(0, end) : text;
    }

    private void tag() {
        Matcher raw = RAW.matcher(source).region(at, source.length());
        switch (source.charAt(at + 1)) {
            case '#' -> {
                int end = source.indexOf("#}", at + 2);
                if (end < 0) {
                    throw bad("a comment does not end");
                }
                at = end + 2;
                after(source.charAt(end - 1) == '-', true);
            }
            case '%' -> {
                if (raw.lookingAt()) {
                    raw(raw);
                } else {
                    open(Kind.OPEN_TAG);
                    inside("%}", Kind.CLOSE_TAG);
                }
            }
            default -> {
                open(Kind.OPEN_OUTPUT);
                inside("}}", Kind.CLOSE_OUTPUT);
            }
        }
    }

    private void raw(Matcher begin) {
        Matcher end = END_RAW.matcher(source);
        if (!end.find(begin.end())) {
            throw bad("a raw block does not end");
        }
        at = begin.end();
        after(!begin.group(1).isEmpty(), true);
        String text = source.substring(Math.min(at, end.start()), end.start());
        text = end.group(1).equals("-") ? text.stripTrailing() : withoutIndent(text);
        if (!text.isEmpty()) {
            add(Kind.TEXT, text);
        }
        at = end.end();
        after(end.group(2).equals("-"), true);
    }

    private void open(Kind kind) {
        add(kind, "");
        at += 2;
        if (at < source.length() && (source.charAt(at) == '-' || source.charAt(at) == '+')) {
            at++;
        }
    }

    /** Goes over the space after a tag that goes with it. */
    private void after(boolean all, boolean newline) {
        if (all) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                at++;
            }
        } else if (newline && at < source.length() && source.charAt(at) == '\n') {
            at++;
        }
    }

    private void inside(String end, Kind close) {
        int depth = 0;
        while (true) {
            while (at < source.length() && Character.isWhitespace(source.charAt(at))) {
                at++;
            }
            if (at == source.length()) {
                throw bad("a tag does not end with " + end);
            }
            boolean strip = source.startsWith("-" + end, at);
            if (depth == 0 && (strip || source.startsWith("+" + end, at) || source.startsWith(end, at))) {
                boolean plus = !strip && source.charAt(at) == '+';
                add(close, "");
                at += end.length() + (strip || plus ? 1 : 0);
                after(strip, close == Kind.CLOSE_TAG && !plus);
                return;
            }
            depth += token();
        }
    }

    /** Adds one token. {@return how many brackets deeper it leads} */
    private int token() {
        char c = source.charAt(at);
        if (c == '\'' || c == '"') {
            string(c);
            return 0;
        }
        Matcher number = NUMBER.matcher(source).region(at, source.length());
        if (number.lookingAt()) {
            boolean whole = number.group(1) == null && number.group().chars().noneMatch(d -> d == 'e' || d == 'E');
            add(whole ? Kind.INTEGER : Kind.FLOAT, number.group().replace("_", ""));
            at = number.end();
            return 0;
        }
        Matcher name = NAME.matcher(source).region(at, source.length());
        if (name.lookingAt()) {
            add(Kind.NAME, name.group());
            at = name.end();
            return 0;
        }
        Matcher sign = SIGN.matcher(source).region(at, source.length());
        if (!sign.lookingAt()) {
            throw bad("the sign " + c + " is not known");
        }
        add(Kind.SIGN, sign.group());
        at = sign.end();
        return "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
    }

    private void string(char quote) {
        StringBuilder text = new StringBuilder();
        int i = at + 1;
        for (; i < source.length() && source.charAt(i) != quote; i++) {
            char c = source.charAt(i);
            if (c != '\\' || i + 1 == source.length()) {
                text.append(c);
                continue;
            }
            char escaped = source.charAt(++i);
            switch (escaped) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case '\\', '\'', '"' -> text.append(escaped);
                case '\n' -> {}
                case 'u', 'x' -> {
                    int digits = escaped == 'u' ? 4 : 2;
                    text.append(character(i + 1, digits));
                    i += digits;
                }
                default -> text.append('\\').append(escaped);
            }
        }
        if (i >= source.length()) {
            throw bad("a text in quotes does not end");
        }
        add(Kind.STRING, text.toString());
        at = i + 1;
    }

    private char character(int from, int digits) {
        try {
            return (char) Integer.parseInt(source.substring(from, from + digits), 16);
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw bad("an escape in a text has no " + digits + " hexadecimal digits");
        }
    }

    private void add(Kind kind, String text) {
        tokens.add(new Token(kind, text, line()));
    }

    private int line() {
        int to = Math.min(at, source.length());
        for (; counted < to; counted++) {
            lines += source.charAt(counted) == '\n' ? 1 : 0;
        }
        return lines;
    }

    private TemplateError bad(String what) {
        return new TemplateError("line " + line() + ": " + what);
    }
}
