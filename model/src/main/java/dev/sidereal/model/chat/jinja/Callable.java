package dev.sidereal.model.chat.jinja;

import java.util.List;
import java.util.Map;

/** A function of a template: built in, a method of a value, or a macro. */
@FunctionalInterface
interface Callable {
    /** {@return its value} */
    Object call(List<Object> values, Map<String, Object> named);
}
