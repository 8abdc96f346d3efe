package dev.sidereal.model.chat.jinja;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a template that writes or does something. */
sealed interface Statement {
    record Text(String text) implements Statement {}

    record Output(Expression value, int line) implements Statement {}

    record If(Expression condition, List<Statement> then, List<Statement> otherwise, int line) implements Statement {}

    /** @param names what an item is put in; several unpack it */
    record For(
            List<String> names,
            Expression items,
            @Nullable Expression condition,
            List<Statement> body,
            List<Statement> otherwise,
            int line)
            implements Statement {}

    record Set(List<String> names, Expression value, int line) implements Statement {}

    record SetAttribute(String name, String attribute, Expression value, int line) implements Statement {}

    record SetBlock(String name, List<Statement> body) implements Statement {}

    record Macro(String name, List<String> parameters, List<@Nullable Expression> defaults, List<Statement> body)
            implements Statement {}

    record Block(List<Statement> body) implements Statement {}

    record Break() implements Statement {}

    record Continue() implements Statement {}
}
