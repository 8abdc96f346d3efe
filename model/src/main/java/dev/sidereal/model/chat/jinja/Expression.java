package dev.sidereal.model.chat.jinja;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands between the brackets of a tag. */
sealed interface Expression {
    /** A text, number, truth value or none. */
    record Literal(Object value) implements Expression {}

    record Name(String name) implements Expression {}

    record ListOf(List<Expression> items) implements Expression {}

    /** Keys and values by turns. */
    record MapOf(List<Expression> entries) implements Expression {}

    record Attribute(Expression of, String name) implements Expression {}

    record Item(Expression of, Expression key) implements Expression {}

    record Slice(
            Expression of,
            @Nullable Expression from,
            @Nullable Expression to,
            @Nullable Expression step) implements Expression {}

    record Call(Expression function, Arguments arguments) implements Expression {}

    record Filter(Expression of, String name, Arguments arguments) implements Expression {}

    record Test(Expression of, String name, List<Expression> arguments) implements Expression {}

    record Not(Expression of) implements Expression {}

    record Negative(Expression of) implements Expression {}

    /** An operator that computes both sides. */
    record Binary(Expression left, String operator, Expression right) implements Expression {}

    record And(Expression left, Expression right) implements Expression {}

    record Or(Expression left, Expression right) implements Expression {}

    record Choice(
            Expression condition, Expression then, @Nullable Expression otherwise) implements Expression {}

    /** Arguments by place and by name. */
    record Arguments(List<Expression> values, Map<String, Expression> named) {
        static final Arguments NONE = new Arguments(List.of(), Map.of());
    }
}
