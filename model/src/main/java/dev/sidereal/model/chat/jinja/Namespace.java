package dev.sidereal.model.chat.jinja;

import java.util.HashMap;
import java.util.Map;

/** Variables that a loop may change for what comes after it. */
record Namespace(Map<String, Object> variables) {
    static Namespace of(Map<String, Object> variables) {
        return new Namespace(new HashMap<>(variables));
    }
}
