package dev.sidereal.model.chat.jinja;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods that Python's texts and maps have and templates call. */
final class Methods {
    private Methods() {}

    /** {@return the method of that name, or null if the value has none} */
    static @Nullable Callable of(Object value, String name) {
        return switch (value) {
            case String text -> text(text, name);
            case Map<?, ?> map -> map(map, name);
            default -> null;
        };
    }

    private static @Nullable Callable text(String text, String name) {
        return switch (name) {
            case "strip" -> (a, n) -> strip(text, a, true, true);
            case "lstrip" -> (a, n) -> strip(text, a, true, false);
            case "rstrip" -> (a, n) -> strip(text, a, false, true);
            case "split" -> (a, n) -> split(text, a);
            case "rsplit" -> (a, n) -> rsplit(text, a);
            case "splitlines" -> (a, n) -> new ArrayList<Object>(text.lines().toList());
            case "startswith" -> (a, n) -> affixes(a).stream().anyMatch(text::startsWith);
            case "endswith" -> (a, n) -> affixes(a).stream().anyMatch(text::endsWith);
            case "upper" -> (a, n) -> text.toUpperCase(Locale.ROOT);
            case "lower" -> (a, n) -> text.toLowerCase(Locale.ROOT);
            case "title" -> (a, n) -> title(text);
            case "capitalize" -> (a, n) -> capitalised(text);
            case "replace" -> (a, n) -> replace(text, argument(a, 0), argument(a, 1), a.size() > 2 ? a.get(2) : -1L);
            case "removeprefix" ->
                (a, n) -> text.startsWith(argument(a, 0))
                        ? text.substring(argument(a, 0).length())
                        : text;
            case "removesuffix" ->
                (a, n) -> text.endsWith(argument(a, 0))
                        ? text.substring(0, text.length() - argument(a, 0).length())
                        : text;
            case "find" -> (a, n) -> place(text, text.indexOf(argument(a, 0)));
            case "rfind" -> (a, n) -> place(text, text.lastIndexOf(argument(a, 0)));
            case "count" ->
                (a, n) -> (long) split(text, List.of(argument(a, 0))).size() - 1;
            case "join" ->
                (a, n) -> BoundedText.join(
                        text,
                        Values.items(a.getFirst()).stream().map(Values::string).toList());
            case "isdigit" -> (a, n) -> !text.isEmpty() && text.codePoints().allMatch(Character::isDigit);
            default -> null;
        };
    }

    private static @Nullable Callable map(Map<?, ?> map, String name) {
        return switch (name) {
            case "get" ->
                (a, n) -> {
                    Object value = map.get(a.getFirst());
                    return value != null ? value : a.size() > 1 ? a.get(1) : Nothing.NONE;
                };
            case "items" -> (a, n) -> pairs(map);
            case "keys" -> (a, n) -> new ArrayList<Object>(map.keySet());
            case "values" -> (a, n) -> new ArrayList<Object>(map.values());
            default -> null;
        };
    }

    /** {@return lists of key and value} */
    static List<Object> pairs(Map<?, ?> map) {
        List<Object> pairs = new ArrayList<>();
        map.forEach((key, value) -> pairs.add(List.of(key, value)));
        return pairs;
    }

    static String strip(String text, List<Object> arguments, boolean left, boolean right) {
        String signs = arguments.isEmpty() || arguments.getFirst() == Nothing.NONE ? "" : argument(arguments, 0);
        int from = 0;
        int to = text.length();
        while (left && from < to && strips(text.charAt(from), signs)) {
            from++;
        }
        while (right && to > from && strips(text.charAt(to - 1), signs)) {
            to--;
        }
        return text.substring(from, to);
    }

    private static boolean strips(char c, String signs) {
        return signs.isEmpty() ? Character.isWhitespace(c) || Character.isSpaceChar(c) : signs.indexOf(c) >= 0;
    }

    private static List<Object> split(String text, List<Object> arguments) {
        long most = arguments.size() > 1 ? Values.index(arguments.get(1)) : -1;
        List<Object> parts = new ArrayList<>();
        if (arguments.isEmpty() || arguments.getFirst() == Nothing.NONE) {
            String left = text.strip();
            while (!left.isEmpty() && parts.size() != most) {
                String word = left.split("\\s+", 2)[0];
                parts.add(word);
                left = left.substring(word.length()).stripLeading();
            }
            if (!left.isEmpty()) {
                parts.add(left);
            }
            return parts;
        }
        String separator = separator(arguments);
        int at = 0;
        for (int next = text.indexOf(separator); next >= 0 && parts.size() != most; ) {
            parts.add(text.substring(at, next));
            at = next + separator.length();
            next = text.indexOf(separator, at);
        }
        parts.add(text.substring(at));
        return parts;
    }

    private static List<Object> rsplit(String text, List<Object> arguments) {
        if (arguments.size() < 2) {
            return split(text, arguments);
        }
        String separator = separator(arguments);
        long most = Values.index(arguments.get(1));
        List<Object> parts = new ArrayList<>();
        String left = text;
        for (int at = left.lastIndexOf(separator); at >= 0 && parts.size() != most; at = left.lastIndexOf(separator)) {
            parts.addFirst(left.substring(at + separator.length()));
            left = left.substring(0, at);
        }
        parts.addFirst(left);
        return parts;
    }

    private static String separator(List<Object> arguments) {
        String separator = argument(arguments, 0);
        if (separator.isEmpty()) {
            throw new TemplateError("a text cannot be split at an empty text");
        }
        return separator;
    }

    private static List<String> affixes(List<Object> arguments) {
        return arguments.getFirst() instanceof List<?> several
                ? several.stream().map(Values::string).toList()
                : List.of(argument(arguments, 0));
    }

    static String replace(String text, String old, String now, Object most) {
        long left = Values.index(most) < 0 ? Long.MAX_VALUE : Values.index(most);
        BoundedText out = new BoundedText();
        int at = 0;
        for (int next = text.indexOf(old); next >= 0 && left > 0 && !old.isEmpty(); left--) {
            out.append(text, at, next).append(now);
            at = next + old.length();
            next = text.indexOf(old, at);
        }
        return out.append(text, at, text.length()).toString();
    }

    /** Capital letters after anything that is no letter. */
    static String title(String text) {
        StringBuilder out = new StringBuilder();
        boolean letter = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            out.append(letter ? Character.toLowerCase(c) : Character.toUpperCase(c));
            letter = Character.isLetter(c);
        }
        return out.toString();
    }

    static String capitalised(String text) {
        return text.isEmpty()
                ? text
                : text.substring(0, 1).toUpperCase(Locale.ROOT)
                        + text.substring(1).toLowerCase(Locale.ROOT);
    }

    private static Object place(String text, int at) {
        return at < 0 ? -1L : (long) text.codePointCount(0, at);
    }

    private static String argument(List<Object> arguments, int at) {
        if (at >= arguments.size()) {
            throw new TemplateError("a method needs " + (at + 1) + " arguments, got " + arguments.size());
        }
        return Values.string(arguments.get(at));
    }
}
