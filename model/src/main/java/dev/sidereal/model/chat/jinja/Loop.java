package dev.sidereal.model.chat.jinja;

import java.util.List;

/**
 * The variable {@code loop}.
 *
 * @param at place of the current item, from 0
 */
record Loop(List<Object> items, int at) {
    Object attribute(String name) {
        int size = items.size();
        return switch (name) {
            case "index" -> at + 1L;
            case "index0" -> (long) at;
            case "revindex" -> (long) size - at;
            case "revindex0" -> size - at - 1L;
            case "first" -> at == 0;
            case "last" -> at == size - 1;
            case "length" -> (long) size;
            case "previtem" -> at > 0 ? items.get(at - 1) : Nothing.UNDEFINED;
            case "nextitem" -> at < size - 1 ? items.get(at + 1) : Nothing.UNDEFINED;
            case "cycle" -> (Callable) (values, named) -> values.get(at % values.size());
            default -> Nothing.UNDEFINED;
        };
    }
}
