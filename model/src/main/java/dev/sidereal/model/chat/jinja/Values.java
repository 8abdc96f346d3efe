package dev.sidereal.model.chat.jinja;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What Python does with values: String, Long, Double, Boolean, List, Map, {@link Callable}, {@link Namespace} and
 * {@link Nothing}.
 */
final class Values {
    private Values() {}

    /** {@return a Java value as a template sees it; null is none} */
    static Object of(@org.jspecify.annotations.Nullable Object java) {
        return switch (java) {
            case null -> Nothing.NONE;
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(of(item)));
                yield items;
            }
            case Map<?, ?> map -> {
                Map<Object, Object> entries = new LinkedHashMap<>();
                map.forEach((key, value) -> entries.put(of(key), of(value)));
                yield entries;
            }
            case String text -> text;
            case Long number -> number;
            case Double number -> number;
            case Boolean truth -> truth;
            case Callable function -> function;
            default -> throw new TemplateError("a value of " + java.getClass() + " cannot be given to a template");
        };
    }

    static boolean truth(Object value) {
        return switch (value) {
            case Boolean b -> b;
            case Nothing nothing -> false;
            case String text -> !text.isEmpty();
            case Long number -> number != 0;
            case Double number -> number != 0;
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> true;
        };
    }

    /** {@return a value as Python's str writes it} */
    static String text(Object value) {
        return switch (value) {
            case String text -> text;
            case Nothing nothing -> nothing == Nothing.NONE ? "None" : "";
            default -> shown(value);
        };
    }

    /** {@return a value as Python's repr writes it} */
    static String shown(Object value) {
        return switch (value) {
            case String text -> quoted(text);
            case Boolean b -> b ? "True" : "False";
            case Nothing nothing -> nothing == Nothing.NONE ? "None" : "Undefined";
            case Double number -> number(number);
            case List<?> list ->
                "[" + BoundedText.join(", ", list.stream().map(Values::shown).toList()) + "]";
            case Map<?, ?> map ->
                "{"
                        + BoundedText.join(
                                ", ",
                                map.entrySet().stream()
                                        .map(e -> shown(e.getKey()) + ": " + shown(e.getValue()))
                                        .toList())
                        + "}";
            default -> value.toString();
        };
    }

    /** {@return a fraction as Python writes it: plain from 1e-4 to below 1e16} */
    static String number(double number) {
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            return Double.isNaN(number) ? "nan" : number > 0 ? "inf" : "-inf";
        }
        double size = Math.abs(number);
        if (number == 0 || (size >= 1e-4 && size < 1e16)) {
            String plain = new java.math.BigDecimal(Double.toString(number)).toPlainString();
            return plain.contains(".") ? plain : plain + ".0";
        }
        String[] parts = Double.toString(number).split("E");
        int exponent = Integer.parseInt(parts[1]);
        String digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return digits + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static String quoted(String text) {
        char quote = text.contains("'") && !text.contains("\"") ? '"' : '\'';
        StringBuilder out = new StringBuilder().append(quote);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\n' -> out.append("\\n");
                case '\t' -> out.append("\\t");
                case '\r' -> out.append("\\r");
                case '\\' -> out.append("\\\\");
                default -> out.append(c == quote ? "\\" : "").append(c);
            }
        }
        return out.append(quote).toString();
    }

    static String kind(Object value) {
        return switch (value) {
            case String text -> "a text";
            case Boolean b -> "a truth value";
            case Long number -> "a whole number";
            case Double number -> "a fraction";
            case List<?> list -> "a list";
            case Map<?, ?> map -> "a map";
            case Nothing nothing -> nothing == Nothing.NONE ? "none" : "nothing";
            case Namespace namespace -> "a namespace";
            default -> "a function";
        };
    }

    static boolean equal(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return fraction(a) == fraction(b);
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() != y.size()) {
                return false;
            }
            for (int i = 0; i < x.size(); i++) {
                if (!equal(x.get(i), y.get(i))) {
                    return false;
                }
            }
            return true;
        }
        return Objects.equals(a, b);
    }

    /** Numbers by size, texts by code points. */
    static int compare(Object a, Object b) {
        if (isNumber(a) && isNumber(b)) {
            return Double.compare(fraction(a), fraction(b));
        }
        if (a instanceof String x && b instanceof String y) {
            return java.util.Arrays.compare(
                    x.codePoints().toArray(), y.codePoints().toArray());
        }
        throw new TemplateError(kind(a) + " and " + kind(b) + " cannot be compared");
    }

    static boolean contains(Object container, Object item) {
        return switch (container) {
            case String text -> item instanceof String part && text.contains(part);
            case Map<?, ?> map -> map.containsKey(item);
            case List<?> list -> list.stream().anyMatch(other -> equal(other, item));
            case Nothing nothing when nothing == Nothing.UNDEFINED -> false;
            default -> throw new TemplateError(kind(container) + " contains nothing");
        };
    }

    /** {@return what a loop goes over: items, keys or characters} */
    static List<Object> items(Object value) {
        return switch (value) {
            case List<?> list -> List.copyOf(list);
            case Map<?, ?> map -> List.copyOf(map.keySet());
            case String text ->
                text.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
            case Nothing nothing when nothing == Nothing.UNDEFINED -> List.of();
            default -> throw new TemplateError("a loop cannot go over " + kind(value));
        };
    }

    static long length(Object value) {
        return value instanceof String text
                ? text.codePointCount(0, text.length())
                : items(value).size();
    }

    /** Truth values count as numbers, as in Python. */
    static boolean isNumber(Object value) {
        return value instanceof Long || value instanceof Double || value instanceof Boolean;
    }

    static double fraction(Object value) {
        return switch (value) {
            case Long number -> number;
            case Double number -> number;
            case Boolean b -> b ? 1 : 0;
            default -> throw new TemplateError("a number is needed, got " + kind(value));
        };
    }

    static int index(Object value) {
        if (value instanceof Long number) {
            return Math.toIntExact(Math.clamp(number, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }
        throw new TemplateError("a whole number is needed, got " + kind(value));
    }

    static String string(Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw new TemplateError("a text is needed, got " + kind(value));
    }
}
