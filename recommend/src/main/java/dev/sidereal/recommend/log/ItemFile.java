package dev.sidereal.recommend.log;

import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.CsvReader;
import dev.sidereal.core.format.CsvRow;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The items beside a log: JSON lines with {@code item_id} or {@code id}, a {@code title}, and other keys as fields; or a
 * table with such columns, RecBole's {@code .item} files among them.
 */
final class ItemFile {
    private static final List<String> IDS = List.of("item_id", "itemid", "movieid", "asin", "id");
    private static final List<String> TITLES = List.of("title", "movie_title", "name");

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

    /**
     * {@return id to item, in the order of a table with a header; columns that are neither id nor title are keywords}
     *
     * @throws BadInput if there is no column of ids, or an id is blank or comes twice
     */
    static Map<String, Item> readTable(Path file, char delimiter) {
        Map<String, Item> items = new LinkedHashMap<>();
        try (CsvReader reader = CsvReader.open(file, delimiter)) {
            List<String> columns =
                    reader.header().stream().map(EventColumnMap::plain).toList();
            int id = first(columns, IDS);
            int title = first(columns, TITLES);
            if (id < 0) {
                throw new BadInput(file + " has no column of ids: expected one of " + String.join(", ", IDS)
                        + "; columns are " + String.join(", ", reader.header()));
            }
            for (CsvRow row = reader.next(); row != null; row = reader.next()) {
                String name = row.cells().get(id).strip();
                if (name.isEmpty()) {
                    throw row.error("the id is blank");
                }
                Item item = Item.of(name, title < 0 ? "" : row.cells().get(title), "");
                for (int i = 0; i < columns.size(); i++) {
                    if (i != id && i != title && !row.cells().get(i).isBlank()) {
                        item = item.withField(
                                columns.get(i),
                                new FieldValue.Keyword(row.cells().get(i)));
                    }
                }
                if (items.put(name, item) != null) {
                    throw row.error("the id '" + name + "' is used by an earlier line; ids must be unique");
                }
            }
        }
        return items;
    }

    private static int first(List<String> columns, List<String> names) {
        return names.stream()
                .mapToInt(columns::indexOf)
                .filter(place -> place >= 0)
                .findFirst()
                .orElse(-1);
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
