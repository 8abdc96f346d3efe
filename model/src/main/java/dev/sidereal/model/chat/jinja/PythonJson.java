package dev.sidereal.model.chat.jinja;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Writes JSON with the spaces that Python puts, as the tojson of transformers does. */
final class PythonJson {
    private final BoundedText out = new BoundedText();
    private final int indent;

    private PythonJson(int indent) {
        this.indent = indent;
    }

    /** @param indent spaces a level; below 0 for one line */
    static String of(Object value, int indent) {
        PythonJson json = new PythonJson(indent);
        json.write(value, 0);
        return json.out.toString();
    }

    private void write(Object value, int level) {
        switch (value) {
            case String text -> string(text);
            case Boolean b -> out.append(b.toString());
            case Long number -> out.append(number.toString());
            case Double number -> out.append(Values.number(number));
            case Nothing nothing when nothing == Nothing.NONE -> out.append("null");
            case List<?> list -> {
                Iterator<?> items = list.iterator();
                out.append("[");
                while (items.hasNext()) {
                    line(level + 1);
                    write(items.next(), level + 1);
                    comma(items.hasNext());
                }
                close(!list.isEmpty(), level, "]");
            }
            case Map<?, ?> map -> {
                var entries = map.entrySet().iterator();
                out.append("{");
                while (entries.hasNext()) {
                    var entry = entries.next();
                    line(level + 1);
                    string(Values.text(entry.getKey()));
                    out.append(": ");
                    write(entry.getValue(), level + 1);
                    comma(entries.hasNext());
                }
                close(!map.isEmpty(), level, "}");
            }
            default -> throw new TemplateError(Values.kind(value) + " cannot be written as JSON");
        }
    }

    private void string(String text) {
        out.append(new String(JsonMapper.shared().writeValueAsBytes(text), StandardCharsets.UTF_8));
    }

    private void line(int level) {
        if (indent >= 0) {
            out.append("\n").append(" ".repeat(indent * level));
        }
    }

    private void comma(boolean more) {
        if (more) {
            out.append(indent >= 0 ? "," : ", ");
        }
    }

    private void close(boolean filled, int level, String bracket) {
        if (filled) {
            line(level);
        }
        out.append(bracket);
    }
}
