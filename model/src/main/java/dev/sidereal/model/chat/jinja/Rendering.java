package dev.sidereal.model.chat.jinja;

import dev.sidereal.model.chat.jinja.Expression.Arguments;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run of a template. Not thread-safe. */
final class Rendering {
    /** So that a hostile template ends. */
    private static final int MOST_STEPS = 5_000_000;

    private static final int DEEPEST = 100;

    private BoundedText out = new BoundedText();
    private Scope scope = new Scope(null);
    private final Scope global = scope;
    private int steps;
    private int depth;

    /** What a statement does to the loop around it. */
    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    Rendering(Map<String, Object> variables) {
        variables.forEach(global::set);
    }

    String run(List<Statement> template) {
        write(template);
        return out.toString();
    }

    private Flow write(List<Statement> statements) {
        for (Statement statement : statements) {
            Flow flow = write(statement);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow write(Statement statement) {
        step();
        switch (statement) {
            case Statement.Text(String text) -> out.append(text);
            case Statement.Output(Expression value, int line) -> out.append(Values.text(at(line, value)));
            case Statement.If(Expression condition, var then, var otherwise, int line) -> {
                return write(Values.truth(at(line, condition)) ? then : otherwise);
            }
            case Statement.For loop -> loop(loop);
            case Statement.Set(List<String> names, Expression value, int line) -> assign(names, at(line, value));
            case Statement.SetAttribute(String name, String attribute, Expression value, int line) -> {
                if (!(scope.get(name) instanceof Namespace(var variables))) {
                    throw new TemplateError("line " + line + ": \"" + name + "\" is no namespace, its \"" + attribute
                            + "\" cannot be set");
                }
                variables.put(attribute, at(line, value));
            }
            case Statement.SetBlock(String name, var body) -> scope.set(name, captured(body));
            case Statement.Macro macro ->
                scope.set(macro.name(), (Callable) (values, named) -> call(macro, values, named));
            case Statement.Block(var body) -> {
                return write(body);
            }
            case Statement.Break() -> {
                return Flow.BREAK;
            }
            case Statement.Continue() -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void step() {
        if (++steps > MOST_STEPS) {
            throw new TemplateError("the template does more than " + MOST_STEPS + " steps");
        }
    }

    private void assign(List<String> names, Object value) {
        if (names.size() == 1) {
            scope.set(names.getFirst(), value);
            return;
        }
        List<Object> parts = Values.items(value);
        if (parts.size() != names.size()) {
            throw new TemplateError(parts.size() + " values cannot be put in " + names);
        }
        for (int i = 0; i < parts.size(); i++) {
            scope.set(names.get(i), parts.get(i));
        }
    }

    private void loop(Statement.For loop) {
        Scope before = scope;
        List<Object> items = new ArrayList<>();
        for (Object item : Values.items(at(loop.line(), loop.items()))) {
            step();
            scope = new Scope(before);
            assign(loop.names(), item);
            Expression condition = loop.condition();
            if (condition == null || Values.truth(at(loop.line(), condition))) {
                items.add(item);
            }
        }
        for (int i = 0; i < items.size(); i++) {
            step();
            scope = new Scope(before);
            assign(loop.names(), items.get(i));
            scope.set("loop", new Loop(items, i));
            if (write(loop.body()) == Flow.BREAK) {
                break;
            }
        }
        scope = before;
        if (items.isEmpty()) {
            write(loop.otherwise());
        }
    }

    private String captured(List<Statement> body) {
        BoundedText before = out;
        out = new BoundedText();
        write(body);
        String text = out.toString();
        out = before;
        return text;
    }

    private Object call(Statement.Macro macro, List<Object> values, Map<String, Object> named) {
        if (++depth > DEEPEST) {
            throw new TemplateError("the macro \"" + macro.name() + "\" calls itself more than " + DEEPEST + " deep");
        }
        Scope before = scope;
        scope = new Scope(global);
        for (int i = 0; i < macro.parameters().size(); i++) {
            String name = macro.parameters().get(i);
            Expression otherwise = macro.defaults().get(i);
            Object value = i < values.size() ? values.get(i) : named.get(name);
            scope.set(name, value != null ? value : otherwise != null ? value(otherwise) : Nothing.UNDEFINED);
        }
        String text = captured(macro.body());
        scope = before;
        depth--;
        return text;
    }

    /** {@return a value, failures naming the line} */
    private Object at(int line, Expression expression) {
        try {
            return value(expression);
        } catch (TemplateError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith("line ") ? e : new TemplateError("line " + line + ": " + message);
        } catch (IndexOutOfBoundsException | java.util.NoSuchElementException e) {
            throw new TemplateError("line " + line + ": a function, filter or test lacks an argument");
        }
    }

    private Object value(Expression expression) {
        step();
        return switch (expression) {
            case Expression.Literal(Object value) -> value;
            case Expression.Name(String name) -> scope.get(name);
            case Expression.ListOf(var items) -> values(items);
            case Expression.MapOf(var entries) -> map(entries);
            case Expression.Attribute(Expression of, String name) -> attribute(value(of), name);
            case Expression.Item(Expression of, Expression key) -> Operators.item(value(of), value(key));
            case Expression.Slice slice ->
                Operators.slice(value(slice.of()), bound(slice.from()), bound(slice.to()), bound(slice.step()));
            case Expression.Call(Expression function, Arguments arguments) -> call(function, arguments);
            case Expression.Filter(Expression of, String name, Arguments arguments) ->
                Filters.apply(name, value(of), values(arguments.values()), named(arguments));
            case Expression.Test(Expression of, String name, var arguments) ->
                Filters.test(name, value(of), values(arguments));
            case Expression.Not(Expression of) -> !Values.truth(value(of));
            case Expression.Negative(Expression of) -> Operators.binary(0L, "-", value(of));
            case Expression.Binary(Expression left, String operator, Expression right) ->
                Operators.binary(value(left), operator, value(right));
            case Expression.And(Expression left, Expression right) -> {
                Object first = value(left);
                yield Values.truth(first) ? value(right) : first;
            }
            case Expression.Or(Expression left, Expression right) -> {
                Object first = value(left);
                yield Values.truth(first) ? first : value(right);
            }
            case Expression.Choice(Expression condition, Expression then, var otherwise) ->
                Values.truth(value(condition)) ? value(then) : otherwise == null ? Nothing.UNDEFINED : value(otherwise);
        };
    }

    private Object bound(@Nullable Expression expression) {
        return expression == null ? Nothing.NONE : value(expression);
    }

    private List<Object> values(List<Expression> expressions) {
        List<Object> values = new ArrayList<>(expressions.size());
        expressions.forEach(each -> values.add(value(each)));
        return values;
    }

    private Map<String, Object> named(Arguments arguments) {
        Map<String, Object> named = new LinkedHashMap<>();
        arguments.named().forEach((name, each) -> named.put(name, value(each)));
        return named;
    }

    private Map<Object, Object> map(List<Expression> entries) {
        Map<Object, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i += 2) {
            map.put(value(entries.get(i)), value(entries.get(i + 1)));
        }
        return map;
    }

    /** Methods come before keys of the same name, as in Jinja. */
    private static Object attribute(Object of, String name) {
        Callable method = Methods.of(of, name);
        if (method != null) {
            return method;
        }
        if (of instanceof Namespace(var variables)) {
            return variables.getOrDefault(name, Nothing.UNDEFINED);
        }
        if (of instanceof Loop loop) {
            return loop.attribute(name);
        }
        return of instanceof List || of instanceof String ? Nothing.UNDEFINED : Operators.item(of, name);
    }

    private Object call(Expression function, Arguments arguments) {
        Object callee = value(function);
        if (!(callee instanceof Callable callable)) {
            throw new TemplateError("\"" + described(function) + "\" is " + Values.kind(callee) + ", not a function");
        }
        return callable.call(values(arguments.values()), named(arguments));
    }

    private static String described(Expression function) {
        return switch (function) {
            case Expression.Name(String name) -> name;
            case Expression.Attribute(Expression of, String name) -> described(of) + "." + name;
            default -> "(...)";
        };
    }
}
