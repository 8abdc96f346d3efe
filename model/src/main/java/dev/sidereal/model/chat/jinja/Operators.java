package dev.sidereal.model.chat.jinja;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Operators and subscripts, as Python computes them. */
final class Operators {
    private static final int LONGEST_LIST = 1_000_000;

    private Operators() {}

    static Object binary(Object a, String operator, Object b) {
        return switch (operator) {
            case "==" -> Values.equal(a, b);
            case "!=" -> !Values.equal(a, b);
            case "<" -> Values.compare(a, b) < 0;
            case ">" -> Values.compare(a, b) > 0;
            case "<=" -> Values.compare(a, b) <= 0;
            case ">=" -> Values.compare(a, b) >= 0;
            case "in" -> Values.contains(b, a);
            case "~" -> BoundedText.join("", List.of(Values.text(a), Values.text(b)));
            case "+" -> plus(a, b);
            case "%" -> a instanceof String text ? formatted(text, b) : arithmetic(a, operator, b);
            default -> arithmetic(a, operator, b);
        };
    }

    private static Object plus(Object a, Object b) {
        if (a instanceof String x && b instanceof String y) {
            return BoundedText.join("", List.of(x, y));
        }
        if (a instanceof List<?> x && b instanceof List<?> y) {
            if (x.size() + y.size() > LONGEST_LIST) {
                throw new TemplateError("a list grows beyond " + LONGEST_LIST + " items");
            }
            List<Object> all = new ArrayList<>(x);
            all.addAll(y);
            return all;
        }
        return arithmetic(a, "+", b);
    }

    private static Object arithmetic(Object a, String operator, Object b) {
        if (!Values.isNumber(a) || !Values.isNumber(b)) {
            throw new TemplateError(Values.kind(a) + " " + operator + " " + Values.kind(b) + " cannot be computed");
        }
        double y = Values.fraction(b);
        if (y == 0 && (operator.equals("/") || operator.equals("//") || operator.equals("%"))) {
            throw new TemplateError("a number is divided by 0");
        }
        if (a instanceof Double || b instanceof Double || operator.equals("/")) {
            return fractions(Values.fraction(a), operator, y);
        }
        long m = (long) Values.fraction(a);
        long n = (long) y;
        return switch (operator) {
            case "+" -> m + n;
            case "-" -> m - n;
            case "*" -> m * n;
            case "//" -> Math.floorDiv(m, n);
            case "%" -> Math.floorMod(m, n);
            default -> n < 0 ? fractions(Values.fraction(a), "**", y) : power(m, n);
        };
    }

    private static Object power(long m, long n) {
        // Beyond 64 only 0, 1 and -1 have a power that fits, by whether the exponent is odd.
        long exponent = Math.min(n, Long.SIZE + (n & 1));
        try {
            return BigInteger.valueOf(m).pow((int) exponent).longValueExact();
        } catch (ArithmeticException e) {
            throw new TemplateError("the number " + m + " ** " + n + " is too large");
        }
    }

    private static Object fractions(double x, String operator, double y) {
        return switch (operator) {
            case "+" -> x + y;
            case "-" -> x - y;
            case "*" -> x * y;
            case "/" -> x / y;
            case "//" -> Math.floor(x / y);
            case "%" -> x - y * Math.floor(x / y);
            default -> Math.pow(x, y);
        };
    }

    /** The old way to put values in a text; %s and %d are known. */
    static String formatted(String format, Object values) {
        List<?> left = values instanceof List<?> list ? list : List.of(values);
        BoundedText out = new BoundedText();
        int used = 0;
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%' || i + 1 == format.length()) {
                out.append(String.valueOf(c));
                continue;
            }
            char kind = format.charAt(++i);
            if (kind == '%') {
                out.append("%");
            } else if ((kind == 's' || kind == 'd') && used < left.size()) {
                out.append(Values.text(left.get(used++)));
            } else {
                throw new TemplateError("the format \"" + format + "\" cannot be filled in");
            }
        }
        return out.toString();
    }

    /** {@return {@code of[key]}, undefined if there is none} */
    static Object item(Object of, Object key) {
        return switch (of) {
            case Map<?, ?> map -> {
                Object value = map.get(key);
                yield value == null ? Nothing.UNDEFINED : value;
            }
            case List<?> list
            when key instanceof Long number -> {
                long at = number < 0 ? number + list.size() : number;
                yield at >= 0 && at < list.size() ? list.get((int) at) : Nothing.UNDEFINED;
            }
            case String text
            when key instanceof Long number -> {
                List<Object> letters = Values.items(text);
                long at = number < 0 ? number + letters.size() : number;
                yield at >= 0 && at < letters.size() ? letters.get((int) at) : Nothing.UNDEFINED;
            }
            case Nothing nothing ->
                throw new TemplateError(Values.kind(of) + " has no item \"" + Values.text(key) + "\"");
            default -> Nothing.UNDEFINED;
        };
    }

    /** {@return {@code of[from:to:step]}; undefined bounds are the ends} */
    static Object slice(Object of, Object from, Object to, Object step) {
        List<Object> items = Values.items(of);
        int by = step instanceof Nothing ? 1 : Values.index(step);
        if (by == 0) {
            throw new TemplateError("a slice has the step 0");
        }
        int first = by > 0 ? 0 : -1;
        int size = items.size();
        long start = from instanceof Nothing ? (by > 0 ? 0 : size - 1) : bound(Values.index(from), size, first);
        long end = to instanceof Nothing ? (by > 0 ? size : -1) : bound(Values.index(to), size, first);
        List<Object> slice = new ArrayList<>();
        for (long i = start; by > 0 ? i < end : i > end; i += by) {
            slice.add(items.get((int) i));
        }
        return of instanceof String
                ? String.join("", slice.stream().map(Values::text).toList())
                : slice;
    }

    private static long bound(int index, int size, int first) {
        long at = index < 0 ? (long) index + size : index;
        return Math.clamp(at, first, first < 0 ? size - 1 : size);
    }
}
