package dev.sidereal.train.data;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** JSON lines whose keys are roles. */
final class RoleLines {
    private static final Map<String, String> ALIASES =
            Map.of("negative", "negatives", "score", "scores", "_id", "id", "positives", "positive");
    /** What keys are mapped to that are not for training. */
    private static final String IGNORE = "ignore";

    private static final Set<String> ROLES = Set.of("query", "positive", "negatives", "scores", "instruction", "id");

    private final Path file;
    private final Map<String, String> roles;

    RoleLines(Path file, Map<String, String> roles) {
        this.file = file;
        this.roles = Map.copyOf(roles);
    }

    List<Example> read() {
        List<Example> examples = new ArrayList<>();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                examples.add(example(row));
            }
        }
        return examples;
    }

    private Example example(JsonRow row) {
        Map<String, JsonNode> values = byRole(row);
        JsonNode query = values.get("query");
        if (query == null || !query.isString()) {
            throw row.error("the query is missing or no text; roles are " + known());
        }
        if (!values.containsKey("positive")) {
            throw row.error("the positive is missing; roles are " + known());
        }
        JsonNode instruction = values.get("instruction");
        if (instruction != null && !instruction.isString()) {
            throw row.error("the instruction must be a text");
        }
        JsonNode id = values.get("id");
        String text = query.stringValue();
        return new Example(
                new Text(id == null ? text : id.asString(), text),
                texts(row, "positive", values),
                texts(row, "negatives", values),
                list(row, "scores", values, "numbers", JsonNode::isNumber, JsonNode::doubleValue),
                instruction == null ? "" : instruction.stringValue(),
                row.where());
    }

    private Map<String, JsonNode> byRole(JsonRow row) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        for (String key : row.node().propertyNames()) {
            String named = roles.getOrDefault(key, key);
            if (named.equals(IGNORE)) {
                continue;
            }
            String role = ALIASES.getOrDefault(named, named);
            if (!ROLES.contains(role)) {
                throw row.error("'" + key + "' is no role; roles are " + known()
                        + "; rename the key, or map it to one of them or to 'ignore'");
            }
            if (values.put(role, row.node().get(key)) != null) {
                throw row.error("the role '" + role + "' is given twice; keep one");
            }
        }
        return values;
    }

    private static List<Text> texts(JsonRow row, String role, Map<String, JsonNode> values) {
        return list(row, role, values, "texts", JsonNode::isString, node -> Text.of(node.stringValue()));
    }

    private static <T> List<T> list(
            JsonRow row,
            String role,
            Map<String, JsonNode> values,
            String kind,
            Predicate<JsonNode> fits,
            Function<JsonNode, T> read) {
        JsonNode node = values.get(role);
        if (node == null) {
            return List.of();
        }
        List<T> list = new ArrayList<>();
        for (JsonNode element : node.isArray() ? node : List.of(node)) {
            if (!fits.test(element)) {
                throw row.error(
                        "the role '" + role + "' must hold " + kind + ", got " + Example.shown(element.toString()));
            }
            list.add(read.apply(element));
        }
        if (list.isEmpty()) {
            throw emptyList(row, role);
        }
        return list;
    }

    static BadInput emptyList(JsonRow row, String role) {
        return row.error("the list of '" + role + "' is empty; fill it or leave the key out");
    }

    private static String known() {
        return String.join(", ", new TreeSet<>(ROLES));
    }
}
