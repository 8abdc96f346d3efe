package dev.sidereal.core.format;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Judgment;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Pairs of a query and the code it describes, as {@code pairs.jsonl} with {@code _id}, {@code query}, {@code code},
 * {@code split}. The items of a split are its codes with {@code lib} and {@code file} as fields; each query has its own
 * code as only relevant item. All other columns are left out, since a doc comment holds the query. Source: CodeSearchNet,
 * arXiv 1909.09436.
 */
final class PairsFolder implements DataLayout {
    private static final List<String> FIELDS = List.of("lib", "file");

    private final Path file;

    PairsFolder(Path file) {
        this.file = file;
    }

    @Override
    public SortedSet<String> splits() {
        try (Stream<JsonRow> rows = rows()) {
            return Collections.unmodifiableSortedSet(
                    rows.map(r -> r.text("split")).collect(java.util.stream.Collectors.toCollection(TreeSet::new)));
        }
    }

    @Override
    public ItemSource items(String split) {
        return bad -> rows(split).map(row -> new SourcedItem(item(row), row.where()));
    }

    private static Item item(JsonRow row) {
        SortedMap<String, FieldValue> fields = new TreeMap<>();
        for (String name : FIELDS) {
            if (row.node().has(name)) {
                fields.put(name, new FieldValue.Keyword(row.text(name)));
            }
        }
        return new Item(row.id(), "", row.text("code"), List.of(), fields, Acl.unstated());
    }

    @Override
    public List<Query> queries(String split) {
        Map<String, String> places = new HashMap<>();
        try (Stream<JsonRow> rows = rows(split)) {
            return rows.map(row -> QueryFile.unique(new Query(row.id(), row.text("query")), row, places))
                    .toList();
        }
    }

    @Override
    public Qrels qrels(String split) {
        try (Stream<JsonRow> rows = rows(split)) {
            return Qrels.of(rows.map(row -> new Judgment(row.id(), row.id(), 1)).toList());
        }
    }

    private Stream<JsonRow> rows(String split) {
        return rows().filter(row -> row.text("split").equals(split));
    }

    private Stream<JsonRow> rows() {
        JsonLinesReader reader = JsonLinesReader.open(file);
        RowStream.Next<JsonRow> next = new RowStream.Next<>() {
            @Override
            public @Nullable JsonRow next() {
                return reader.next();
            }
        };
        return RowStream.of(next, reader::close);
    }
}
