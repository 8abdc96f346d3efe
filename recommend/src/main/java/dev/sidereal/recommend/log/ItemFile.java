package dev.sidereal.recommend.log;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The items beside a log: JSON lines with {@code item_id} or {@code id}, a {@code title}, and other keys as fields. */
final class ItemFile {
    private ItemFile() {}

    /**
     * {@return id to item, in the order of the file}
     *
     * @throws BadInput if a row is no item or an id comes twice
     */
    static Map<String, Item> read(Path file) {
        ItemJson json = new ItemJson(Map.of());
        Map<String, Item> items = new LinkedHashMap<>();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                rename(row.node(), "item_id", "id");
                rename(row.node(), "description", "text");
                Item item = json.read(row);
                if (items.put(item.id(), item) != null) {
                    throw row.error("the id '" + item.id() + "' is used by an earlier line; ids must be unique");
                }
            }
        }
        if (items.isEmpty()) {
            throw new BadInput(file + " holds no items");
        }
        return items;
    }

    private static void rename(ObjectNode node, String from, String to) {
        JsonNode value = node.get(from);
        if (value != null && !node.has(to) && !(to.equals("id") && node.has("_id"))) {
            node.remove(from);
            node.set(to, value);
        }
    }

    /** {@return the words of an item for a model of texts: the title, or the id where there is none} */
    static List<String> titles(List<Item> items) {
        return items.stream()
                .map(item -> item.title().isBlank() ? item.id() : item.title())
                .toList();
    }
}
