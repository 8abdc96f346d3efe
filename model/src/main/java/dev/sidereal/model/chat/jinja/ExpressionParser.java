package dev.sidereal.model.chat.jinja;

import dev.sidereal.model.chat.jinja.Expression.Arguments;
import dev.sidereal.model.chat.jinja.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads expressions with Jinja's precedence: filters and tests bind tighter than arithmetic. */
final class ExpressionParser {
    /** Tests whose argument may stand without brackets. */
    private static final Set<String> WITH_ARGUMENT =
            Set.of("divisibleby", "equalto", "eq", "ne", "lt", "gt", "le", "ge", "in", "sameas");

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", ">", "<=", ">=");
    private static final int DEEPEST = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    ExpressionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token next() {
        return tokens.get(at++);
    }

    /** Goes over a sign or name if it is next. */
    boolean accept(Kind kind, String text) {
        if (peek().is(kind, text)) {
            at++;
            return true;
        }
        return false;
    }

    boolean sign(String text) {
        return accept(Kind.SIGN, text);
    }

    boolean word(String text) {
        return accept(Kind.NAME, text);
    }

    void expect(Kind kind, String text) {
        if (!accept(kind, text)) {
            throw bad("expected " + (text.isEmpty() ? kind : text));
        }
    }

    String name() {
        if (peek().kind() != Kind.NAME) {
            throw bad("expected a name");
        }
        return next().text();
    }

    TemplateError bad(String what) {
        Token token = peek();
        return new TemplateError("line " + token.line() + ": " + what + ", got "
                + (token.text().isEmpty() ? token.kind() : "\"" + token.text() + "\""));
    }

    /** {@return an expression, several with commas between as a list} */
    Expression tuple() {
        Expression first = expression();
        if (!peek().is(Kind.SIGN, ",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (sign(",") && peek().kind() != Kind.CLOSE_TAG && !peek().is(Kind.SIGN, ")")) {
            items.add(expression());
        }
        return new Expression.ListOf(items);
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw bad("brackets are more than " + DEEPEST + " deep");
        }
        Expression value = or();
        while (word("if")) {
            Expression condition = or();
            Expression otherwise = word("else") ? expression() : null;
            value = new Expression.Choice(condition, value, otherwise);
        }
        depth--;
        return value;
    }

    /** {@return an expression without an inline if, as the items of a loop are} */
    Expression or() {
        Expression left = and();
        while (word("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (word("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        return word("not") ? new Expression.Not(not()) : comparison();
    }

    /** Chained comparisons hold if each of them does. */
    private Expression comparison() {
        Expression left = sum();
        Expression all = null;
        while (true) {
            Expression one;
            Expression right;
            if (peek().kind() == Kind.SIGN && COMPARISONS.contains(peek().text())) {
                String operator = next().text();
                right = sum();
                one = new Expression.Binary(left, operator, right);
            } else if (word("in")) {
                right = sum();
                one = new Expression.Binary(left, "in", right);
            } else if (peek().is(Kind.NAME, "not") && tokens.get(at + 1).is(Kind.NAME, "in")) {
                at += 2;
                right = sum();
                one = new Expression.Not(new Expression.Binary(left, "in", right));
            } else {
                return all == null ? left : all;
            }
            all = all == null ? one : new Expression.And(all, one);
            left = right;
        }
    }

    private Expression sum() {
        Expression left = concatenation();
        while (peek().is(Kind.SIGN, "+") || peek().is(Kind.SIGN, "-")) {
            left = new Expression.Binary(left, next().text(), concatenation());
        }
        return left;
    }

    private Expression concatenation() {
        Expression left = product();
        while (sign("~")) {
            left = new Expression.Binary(left, "~", product());
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (peek().kind() == Kind.SIGN && Set.of("*", "/", "//", "%").contains(peek().text())) {
            left = new Expression.Binary(left, next().text(), power());
        }
        return left;
    }

    private Expression power() {
        Expression left = unary(true);
        while (sign("**")) {
            left = new Expression.Binary(left, "**", unary(true));
        }
        return left;
    }

    private Expression unary(boolean filtered) {
        Expression value;
        if (sign("-")) {
            value = new Expression.Negative(unary(false));
        } else if (sign("+")) {
            value = unary(false);
        } else {
            value = postfix(primary());
        }
        return filtered ? filters(value) : value;
    }

    private Expression primary() {
        Token token = next();
        return switch (token.kind()) {
            case NAME ->
                switch (token.text()) {
                    case "true", "True" -> new Expression.Literal(true);
                    case "false", "False" -> new Expression.Literal(false);
                    case "none", "None" -> new Expression.Literal(Nothing.NONE);
                    default -> new Expression.Name(token.text());
                };
            case STRING -> {
                StringBuilder text = new StringBuilder(token.text());
                while (peek().kind() == Kind.STRING) {
                    text.append(next().text());
                }
                yield new Expression.Literal(text.toString());
            }
            case INTEGER -> new Expression.Literal(whole(token));
            case FLOAT -> new Expression.Literal(Double.parseDouble(token.text()));
            case SIGN ->
                switch (token.text()) {
                    case "(" -> {
                        Expression inner = sign(")") ? new Expression.ListOf(List.of()) : bracketed();
                        yield inner;
                    }
                    case "[" -> new Expression.ListOf(until("]"));
                    case "{" -> map();
                    default -> {
                        at--;
                        throw bad("expected a value");
                    }
                };
            default -> {
                at--;
                throw bad("expected a value");
            }
        };
    }

    private Expression bracketed() {
        Expression inner = tuple();
        expect(Kind.SIGN, ")");
        return inner;
    }

    private long whole(Token token) {
        try {
            return Long.parseLong(token.text());
        } catch (NumberFormatException e) {
            throw new TemplateError("line " + token.line() + ": the number " + token.text() + " is too large");
        }
    }

    private List<Expression> until(String close) {
        List<Expression> items = new ArrayList<>();
        while (!sign(close)) {
            items.add(expression());
            if (!peek().is(Kind.SIGN, close)) {
                expect(Kind.SIGN, ",");
            }
        }
        return items;
    }

    private Expression map() {
        List<Expression> entries = new ArrayList<>();
        while (!sign("}")) {
            entries.add(expression());
            expect(Kind.SIGN, ":");
            entries.add(expression());
            if (!peek().is(Kind.SIGN, "}")) {
                expect(Kind.SIGN, ",");
            }
        }
        return new Expression.MapOf(entries);
    }

    private Expression postfix(Expression start) {
        Expression value = start;
        while (true) {
            if (sign(".")) {
                value = peek().kind() == Kind.INTEGER
                        ? new Expression.Item(value, new Expression.Literal(whole(next())))
                        : new Expression.Attribute(value, name());
            } else if (sign("[")) {
                value = subscript(value);
            } else if (sign("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression subscript(Expression of) {
        Expression from = peek().is(Kind.SIGN, ":") ? null : expression();
        if (from != null && sign("]")) {
            return new Expression.Item(of, from);
        }
        expect(Kind.SIGN, ":");
        Expression to = bound();
        Expression step = sign(":") ? bound() : null;
        expect(Kind.SIGN, "]");
        return new Expression.Slice(of, from, to, step);
    }

    private @Nullable Expression bound() {
        return peek().is(Kind.SIGN, ":") || peek().is(Kind.SIGN, "]") ? null : expression();
    }

    private Arguments arguments() {
        List<Expression> values = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!sign(")")) {
            if (peek().kind() == Kind.NAME && tokens.get(at + 1).is(Kind.SIGN, "=")) {
                String name = name();
                at++;
                named.put(name, expression());
            } else {
                values.add(expression());
            }
            if (!peek().is(Kind.SIGN, ")")) {
                expect(Kind.SIGN, ",");
            }
        }
        return new Arguments(values, named);
    }

    private Expression filters(Expression start) {
        Expression value = start;
        while (true) {
            if (sign("|")) {
                String name = name();
                value = new Expression.Filter(value, name, sign("(") ? arguments() : Arguments.NONE);
            } else if (word("is")) {
                value = test(value);
            } else if (sign("(")) {
                value = new Expression.Call(value, arguments());
            } else {
                return value;
            }
        }
    }

    private Expression test(Expression of) {
        boolean negated = word("not");
        String name = name();
        List<Expression> arguments = List.of();
        if (sign("(")) {
            arguments = arguments().values();
        } else if (WITH_ARGUMENT.contains(name)) {
            arguments = List.of(postfix(primary()));
        }
        Expression test = new Expression.Test(of, name, arguments);
        return negated ? new Expression.Not(test) : test;
    }
}
