package dev.sidereal.search;

import dev.sidereal.core.Item;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.format.ItemJson;
import dev.sidereal.core.format.JsonRow;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.apache.lucene.util.BytesRef;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The item as it is kept beside its last passage: JSON in UTF-8. */
final class StoredItem {
    private static final JsonMapper JSON = JsonMapper.shared();

    private StoredItem() {}

    static String json(Item item) {
        return JSON.writeValueAsString(ItemJson.write(item));
    }

    static Item read(View view, int parent, Schema schema) throws IOException {
        BytesRef source = view.storedFields()
                .document(parent, Set.of(LuceneFields.SOURCE))
                .getBinaryValue(LuceneFields.SOURCE);
        Objects.requireNonNull(source, "a last passage keeps its item");
        ObjectNode json = (ObjectNode) JSON.readTree(source.bytes, source.offset, source.length);
        return new ItemJson(schema.fields()).read(new JsonRow(json, "stored item"));
    }
}
