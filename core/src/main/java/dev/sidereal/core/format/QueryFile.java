package dev.sidereal.core.format;

import dev.sidereal.core.Query;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** Queries as JSON lines: {@code _id} or {@code id}, and {@code text}. */
public final class QueryFile {
    private QueryFile() {}

    /**
     * Reads a file, plain or gzip. Other keys are passed over.
     *
     * @throws BadInput if a line is no query or repeats an id; the message has file and line
     */
    public static List<Query> read(Path file) {
        List<Query> queries = new ArrayList<>();
        Map<String, String> places = new HashMap<>();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                queries.add(unique(new Query(row.id(), row.text("text")), row, places));
            }
        }
        return queries;
    }

    /** Checks that a query's text is there and its id new. */
    static Query unique(Query query, JsonRow row, Map<String, String> places) {
        if (query.text().isBlank()) {
            throw row.error("the text of query '" + query.id() + "' is blank");
        }
        String earlier = places.putIfAbsent(query.id(), row.where());
        if (earlier != null) {
            throw row.error("the query id '" + query.id() + "' is already used at " + earlier + "; ids must be unique");
        }
        return query;
    }

    /**
     * Writes a file; a name that ends in {@code .gz} is compressed.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public static void write(Path file, List<Query> queries) {
        AtomicFile.write(file, out -> {
            JsonLinesWriter writer = new JsonLinesWriter(out);
            for (Query query : queries) {
                writer.write(JsonNodeFactory.instance
                        .objectNode()
                        .put("_id", query.id())
                        .put("text", query.text()));
            }
            writer.close();
        });
    }
}
