package dev.sidereal.core.filter;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.FilterToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Recursive descent over the grammar of {@link FilterSyntax}; a method a rule. For one text, used once. */
final class FilterParser {
    private final FilterText text;
    private final Schema schema;
    private final List<FilterToken> tokens;
    private int next;
    private int depth;

    FilterParser(String text, Schema schema) {
        this.text = new FilterText(text);
        this.schema = schema;
        this.tokens = FilterLexer.tokens(this.text);
    }

    Filter parse() {
        Filter filter = filter();
        if (peek().kind() != Kind.END) {
            throw unexpected("'and', 'or' or the end; a text with white space in it needs quotes");
        }
        return filter;
    }

    private Filter filter() {
        List<Filter> parts = joined("or", () -> {
            List<Filter> inner = joined("and", this::unary);
            return inner.size() == 1 ? inner.getFirst() : new Filter.And(inner);
        });
        return parts.size() == 1 ? parts.getFirst() : new Filter.Or(parts);
    }

    private List<Filter> joined(String word, Supplier<Filter> part) {
        List<Filter> parts = new ArrayList<>();
        do {
            parts.add(part.get());
        } while (take(word));
        return parts;
    }

    private Filter unary() {
        if (++depth > FilterSyntax.MAX_DEPTH) {
            throw text.error(
                    peek().at(),
                    "the filter is nested more than " + FilterSyntax.MAX_DEPTH
                            + " deep; write it flatter, with 'in' instead of many alternatives");
        }
        Filter filter;
        if (take("not")) {
            filter = new Filter.Not(unary());
        } else if (takeSymbol("(")) {
            filter = filter();
            expect(")");
        } else if (take("*")) {
            filter = new Filter.All();
        } else if (takeFunction("exists")) {
            FilterToken field = field();
            schemaType(field);
            filter = new Filter.Exists(field.text());
            expect(")");
        } else if (takeFunction("all")) {
            filter = new Filter.And(list(this::filter));
        } else if (takeFunction("any")) {
            filter = new Filter.Or(list(this::filter));
        } else {
            filter = test();
        }
        depth--;
        return filter;
    }

    private Filter test() {
        FilterToken token = field();
        String field = token.text();
        FieldType type = schemaType(token);
        FilterToken operator = peek();
        if (take("not")) {
            if (!take("in")) {
                throw unexpected("'in' after '" + field + " not'");
            }
            return new Filter.Not(in(token, type));
        }
        if (take("in")) {
            return in(token, type);
        }
        if (operator.kind() != Kind.SYMBOL) {
            throw unexpected("one of = != < <= > >= in after field '" + field + "'");
        }
        next++;
        return switch (operator.text()) {
            case "=" -> new Filter.Is(field, literal(field, type));
            case "!=" -> new Filter.Not(new Filter.Is(field, literal(field, type)));
            case "<", "<=" -> {
                checkOrdered(operator, field, type);
                yield new Filter.Range(field, null, false, literal(field, type), operator.is("<="));
            }
            case ">", ">=" -> {
                checkOrdered(operator, field, type);
                yield new Filter.Range(field, literal(field, type), operator.is(">="), null, false);
            }
            default -> {
                next--;
                throw unexpected("one of = != < <= > >= in after field '" + field + "'");
            }
        };
    }

    private Filter in(FilterToken field, FieldType type) {
        FilterToken open = peek();
        if (takeSymbol("(") && !rangeAhead()) {
            return new Filter.In(field.text(), list(() -> literal(field.text(), type)));
        }
        if (!open.is("(") && !takeSymbol("[") && !takeSymbol("]")) {
            throw unexpected("a list such as (a, b) or a range such as [1, 9) after 'in'");
        }
        checkOrdered(open, field.text(), type);
        FieldValue from = bound(field.text(), type);
        expect(",");
        FieldValue to = bound(field.text(), type);
        boolean toInclusive = takeSymbol("]");
        if (!toInclusive && !takeSymbol(")") && !takeSymbol("[")) {
            throw unexpected("']' or ')' at the end of a range of two bounds");
        }
        return new Filter.Range(field.text(), from, open.is("["), to, toInclusive);
    }

    /** {@return whether what follows an opening round bracket is two bounds that a square bracket closes} */
    private boolean rangeAhead() {
        return next + 3 < tokens.size()
                && tokens.get(next + 1).is(",")
                && (tokens.get(next + 3).is("]") || tokens.get(next + 3).is("["));
    }

    private @Nullable FieldValue bound(String field, FieldType type) {
        return take("*") ? null : literal(field, type);
    }

    /** Parts between commas up to the closing bracket; the opening one is already taken. */
    private <T> List<T> list(Supplier<T> part) {
        List<T> parts = new ArrayList<>();
        if (takeSymbol(")")) {
            return parts;
        }
        do {
            parts.add(part.get());
        } while (takeSymbol(","));
        expect(")");
        return parts;
    }

    private FieldValue literal(String field, FieldType type) {
        FilterToken token = peek();
        if (!isName(token)) {
            throw unexpected(FilterLiteral.example(type) + " for field '" + field + "'");
        }
        FieldValue value = FilterLiteral.read(token.text(), type);
        if (value == null) {
            throw text.error(
                    token.at(),
                    "field '" + field + "' is a " + type.label() + ", got " + token.shown() + "; write "
                            + FilterLiteral.example(type));
        }
        next++;
        return value;
    }

    private FilterToken field() {
        FilterToken token = peek();
        if (!isName(token)) {
            throw unexpected("a field's name, 'not' or '('");
        }
        next++;
        return token;
    }

    private FieldType schemaType(FilterToken field) {
        try {
            return schema.type(field.text());
        } catch (BadInput e) {
            throw text.error(field.at(), String.valueOf(e.getMessage()));
        }
    }

    private void checkOrdered(FilterToken operator, String field, FieldType type) {
        if (type != FieldType.NUMBER && type != FieldType.DATE) {
            throw text.error(
                    operator.at(),
                    "field '" + field + "' is a " + type.label()
                            + "; < <= > >= and ranges work on numbers and dates, use = or in (...)");
        }
    }

    private static boolean isName(FilterToken token) {
        boolean reserved = token.isWord("and")
                || token.isWord("or")
                || token.isWord("not")
                || token.isWord("in")
                || token.isWord("*");
        return token.kind() == Kind.QUOTED || (token.kind() == Kind.WORD && !reserved);
    }

    private FilterToken peek() {
        return tokens.get(next);
    }

    private boolean take(String word) {
        boolean found = peek().isWord(word);
        next += found ? 1 : 0;
        return found;
    }

    private boolean takeSymbol(String symbol) {
        boolean found = peek().is(symbol);
        next += found ? 1 : 0;
        return found;
    }

    private boolean takeFunction(String name) {
        boolean found = peek().isWord(name) && tokens.get(next + 1).is("(");
        next += found ? 2 : 0;
        return found;
    }

    private void expect(String symbol) {
        if (!takeSymbol(symbol)) {
            throw unexpected("'" + symbol + "'");
        }
    }

    private BadInput unexpected(String expected) {
        return text.error(peek().at(), "expected " + expected + ", got " + peek().shown());
    }
}
