package dev.sidereal.train.recipe;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A map of a YAML file whose keys are asked for one by one; what nobody asked for is refused. */
final class YamlNode {
    private final String where;
    private final Map<?, ?> values;
    private final Set<String> asked = new LinkedHashSet<>();

    YamlNode(String where, Map<?, ?> values) {
        this.where = where;
        this.values = values;
    }

    static YamlNode of(String where, @Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new BadConfig(where + " must be a map of keys and values, got " + value + ".");
        }
        return new YamlNode(where, map);
    }

    String text(String key) {
        asked.add(key);
        Object value = values.get(key);
        if (value == null) {
            throw new BadConfig(where + ": the key '" + key + "' is missing.");
        }
        return value.toString();
    }

    String text(String key, String standard) {
        asked.add(key);
        Object value = values.get(key);
        return value == null ? standard : value.toString();
    }

    int whole(String key, int standard) {
        return switch (value(key, standard)) {
            case Integer number -> number;
            case Object other -> throw wrong(key, "a whole number", other);
        };
    }

    double number(String key, double standard) {
        return switch (value(key, standard)) {
            case Number number -> number.doubleValue();
            case Object other -> throw wrong(key, "a number", other);
        };
    }

    boolean flag(String key, boolean standard) {
        return switch (value(key, standard)) {
            case Boolean flag -> flag;
            case Object other -> throw wrong(key, "true or false", other);
        };
    }

    YamlNode map(String key) {
        return of(where + ": " + key, value(key, Map.of()));
    }

    /** {@return a map of texts to texts, in order} */
    Map<String, String> texts(String key) {
        YamlNode node = map(key);
        Map<String, String> texts = new LinkedHashMap<>();
        node.values.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
        return texts;
    }

    boolean has(String key) {
        asked.add(key);
        return values.get(key) != null;
    }

    /** {@return a list of maps, or the only map where there is no list} */
    List<YamlNode> oneOrMore(String key) {
        return value(key, Map.of()) instanceof List<?> ? maps(key) : List.of(map(key));
    }

    List<YamlNode> maps(String key) {
        if (!(value(key, List.of()) instanceof List<?> list) || list.isEmpty()) {
            throw new BadConfig(where + ": '" + key + "' must be a list with at least one entry.");
        }
        List<YamlNode> nodes = new ArrayList<>();
        for (Object value : list) {
            nodes.add(of(where + ": " + key + " " + (nodes.size() + 1), value));
        }
        return nodes;
    }

    /** Refuses keys that were not asked for. */
    void close() {
        for (Object key : values.keySet()) {
            if (!asked.contains(String.valueOf(key))) {
                throw new BadConfig(
                        where + ": there is no key '" + key + "'; keys are " + String.join(", ", asked) + ".");
            }
        }
    }

    private Object value(String key, Object standard) {
        asked.add(key);
        Object value = values.get(key);
        return value == null ? standard : value;
    }

    private BadConfig wrong(String key, String expected, Object got) {
        return new BadConfig(where + ": '" + key + "' must be " + expected + ", got " + got + ".");
    }
}
