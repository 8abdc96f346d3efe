package dev.sidereal.model.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Filters and tests of Jinja that chat templates use. */
final class Filters {
    private Filters() {}

    static Object apply(String name, Object value, List<Object> args, Map<String, Object> named) {
        return switch (name) {
            case "trim" -> Methods.strip(Values.text(value), args, true, true);
            case "length", "count" -> Values.length(value);
            case "tojson" -> PythonJson.of(value, indent(args, named));
            case "join" -> join(value, args);
            case "upper" -> Values.text(value).toUpperCase(Locale.ROOT);
            case "lower" -> Values.text(value).toLowerCase(Locale.ROOT);
            case "title" -> Methods.title(Values.text(value));
            case "capitalize" -> Methods.capitalised(Values.text(value));
            case "replace" ->
                Methods.replace(
                        Values.text(value),
                        Values.string(args.get(0)),
                        Values.string(args.get(1)),
                        args.size() > 2 ? args.get(2) : -1L);
            case "first" ->
                Values.items(value).isEmpty()
                        ? Nothing.UNDEFINED
                        : Values.items(value).getFirst();
            case "last" ->
                Values.items(value).isEmpty()
                        ? Nothing.UNDEFINED
                        : Values.items(value).getLast();
            case "list" -> new ArrayList<>(Values.items(value));
            case "string" -> Values.text(value);
            case "safe" -> value;
            case "int" -> whole(value, args.isEmpty() ? 0L : args.getFirst());
            case "float" -> fraction(value);
            case "abs" ->
                value instanceof Long number ? (Object) Math.abs(number) : (Object) Math.abs(Values.fraction(value));
            case "default", "d" -> otherwise(value, args, named);
            case "items" -> value instanceof Map<?, ?> map ? Methods.pairs(map) : List.of();
            case "reverse" -> reversed(value);
            case "sort" -> sorted(value, named);
            case "unique" -> unique(value);
            case "map" -> mapped(value, args, named);
            case "select" -> chosen(value, item -> truth(item, args));
            case "reject" -> chosen(value, item -> !truth(item, args));
            case "selectattr" -> chosen(value, item -> attributeTruth(item, args));
            case "rejectattr" -> chosen(value, item -> !attributeTruth(item, args));
            case "indent" -> indented(Values.text(value), args, named);
            case "format" -> Operators.formatted(Values.text(value), args);
            default -> throw new TemplateError("the filter \"" + name + "\" is not supported");
        };
    }

    static boolean test(String name, Object value, List<Object> args) {
        return switch (name) {
            case "defined" -> value != Nothing.UNDEFINED;
            case "undefined" -> value == Nothing.UNDEFINED;
            case "none" -> value == Nothing.NONE;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "integer" -> value instanceof Long;
            case "float" -> value instanceof Double;
            case "number" -> Values.isNumber(value);
            case "true" -> Boolean.TRUE.equals(value);
            case "false" -> Boolean.FALSE.equals(value);
            case "mapping" -> value instanceof Map;
            case "sequence", "iterable" ->
                value instanceof List || value instanceof Map || value instanceof String || value == Nothing.UNDEFINED;
            case "callable" -> value instanceof Callable;
            case "odd" -> Math.floorMod(Values.index(value), 2) == 1;
            case "even" -> Math.floorMod(Values.index(value), 2) == 0;
            case "divisibleby" -> Math.floorMod(Values.index(value), Values.index(args.getFirst())) == 0;
            case "equalto", "eq", "==" -> Values.equal(value, args.getFirst());
            case "ne", "!=" -> !Values.equal(value, args.getFirst());
            case "lt", "lessthan" -> Values.compare(value, args.getFirst()) < 0;
            case "gt", "greaterthan" -> Values.compare(value, args.getFirst()) > 0;
            case "le" -> Values.compare(value, args.getFirst()) <= 0;
            case "ge" -> Values.compare(value, args.getFirst()) >= 0;
            case "in" -> Values.contains(args.getFirst(), value);
            default -> throw new TemplateError("the test \"" + name + "\" is not supported");
        };
    }

    private static int indent(List<Object> args, Map<String, Object> named) {
        Object indent = named.getOrDefault("indent", args.isEmpty() ? Nothing.NONE : args.getFirst());
        return indent == Nothing.NONE ? -1 : Math.clamp(Values.index(indent), 0, 16);
    }

    private static String join(Object value, List<Object> args) {
        String between = args.isEmpty() ? "" : Values.text(args.getFirst());
        return BoundedText.join(
                between, Values.items(value).stream().map(Values::text).toList());
    }

    private static Object otherwise(Object value, List<Object> args, Map<String, Object> named) {
        boolean falseToo = Values.truth(named.getOrDefault("boolean", args.size() > 1 ? args.get(1) : false));
        boolean missing = value == Nothing.UNDEFINED || (falseToo && !Values.truth(value));
        return missing ? named.getOrDefault("default_value", args.isEmpty() ? "" : args.getFirst()) : value;
    }

    private static Object whole(Object value, Object otherwise) {
        try {
            return value instanceof String text
                    ? (Object) Long.parseLong(text.strip())
                    : (Object) (long) Values.fraction(value);
        } catch (NumberFormatException | TemplateError e) {
            return otherwise;
        }
    }

    private static Object fraction(Object value) {
        try {
            return value instanceof String text ? Double.parseDouble(text.strip()) : Values.fraction(value);
        } catch (NumberFormatException | TemplateError e) {
            return 0.0;
        }
    }

    private static Object reversed(Object value) {
        List<Object> items = new ArrayList<>(Values.items(value)).reversed();
        return value instanceof String
                ? String.join("", items.stream().map(Values::text).toList())
                : new ArrayList<>(items);
    }

    private static List<Object> sorted(Object value, Map<String, Object> named) {
        List<Object> items = new ArrayList<>(Values.items(value));
        Object attribute = named.getOrDefault("attribute", Nothing.NONE);
        boolean cased = Values.truth(named.getOrDefault("case_sensitive", false));
        items.sort((a, b) -> Values.compare(key(a, attribute, cased), key(b, attribute, cased)));
        return Values.truth(named.getOrDefault("reverse", false)) ? new ArrayList<>(items.reversed()) : items;
    }

    private static Object key(Object item, Object attribute, boolean cased) {
        Object key = attribute == Nothing.NONE ? item : Operators.item(item, attribute);
        return key instanceof String text && !cased ? text.toLowerCase(Locale.ROOT) : key;
    }

    private static List<Object> unique(Object value) {
        List<Object> kept = new ArrayList<>();
        for (Object item : Values.items(value)) {
            if (!Values.contains(kept, item)) {
                kept.add(item);
            }
        }
        return kept;
    }

    private static List<Object> mapped(Object value, List<Object> args, Map<String, Object> named) {
        List<Object> out = new ArrayList<>();
        for (Object item : Values.items(value)) {
            if (named.containsKey("attribute")) {
                Object found = Operators.item(item, named.get("attribute"));
                out.add(found == Nothing.UNDEFINED ? named.getOrDefault("default", found) : found);
            } else {
                out.add(apply(Values.string(args.getFirst()), item, args.subList(1, args.size()), Map.of()));
            }
        }
        return out;
    }

    private static List<Object> chosen(Object value, Predicate<Object> condition) {
        return new ArrayList<>(Values.items(value).stream().filter(condition).toList());
    }

    private static boolean truth(Object item, List<Object> args) {
        return args.isEmpty()
                ? Values.truth(item)
                : test(Values.string(args.getFirst()), item, args.subList(1, args.size()));
    }

    private static boolean attributeTruth(Object item, List<Object> args) {
        return truth(Operators.item(item, args.getFirst()), args.subList(1, args.size()));
    }

    private static String indented(String text, List<Object> args, Map<String, Object> named) {
        Object width = named.getOrDefault("width", args.isEmpty() ? 4L : args.getFirst());
        String space = width instanceof String given ? given : " ".repeat(Math.clamp(Values.index(width), 0, 99));
        boolean first = Values.truth(named.getOrDefault("first", args.size() > 1 ? args.get(1) : false));
        BoundedText out = new BoundedText();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            out.append(i == 0 ? "" : "\n");
            boolean moved = i == 0 ? first : !lines[i].isEmpty();
            out.append(moved ? space : "").append(lines[i]);
        }
        return out.toString();
    }
}
