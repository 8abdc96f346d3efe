package dev.sidereal.train.data;

import dev.sidereal.core.Item;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import dev.sidereal.core.format.RetrievalData;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Queries of a data folder with what their judgments say. */
final class RetrievalExamples {
    private final Path folder;
    private final String split;
    private final RetrievalData data;
    private final Map<String, Text> documents = new LinkedHashMap<>();

    private RetrievalExamples(Path folder, String split) {
        this.folder = folder;
        this.split = split;
        data = RetrievalData.open(folder, split);
        try (Stream<Item> items = data.items()) {
            items.forEach(item -> documents.put(item.id(), Text.of(item)));
        }
    }

    static RetrievalExamples open(Path folder, String split) {
        return new RetrievalExamples(folder, split);
    }

    List<Example> examples() {
        return List.copyOf(byQuery().values());
    }

    private Map<String, Example> byQuery() {
        Map<String, Example> examples = new LinkedHashMap<>();
        for (Query query : data.queries()) {
            List<Text> positives = new ArrayList<>();
            List<Text> negatives = new ArrayList<>();
            String where = folder + " (split " + split + ", query '" + query.id() + "')";
            data.qrels().of(query.id()).forEach((id, grade) -> {
                Text document = documents.get(id);
                if (document == null) {
                    throw new BadInput(where + ": the judged id '" + id + "' is not in the corpus; add it or take its"
                            + " judgment out");
                }
                (grade > 0 ? positives : negatives).add(document);
            });
            if (!positives.isEmpty()) {
                Text text = new Text(query.id(), query.text());
                examples.put(query.id(), new Example(text, positives, negatives, List.of(), "", where));
            }
        }
        return examples;
    }

    List<Example> with(Path negatives) {
        Map<String, Example> examples = byQuery();
        try (JsonLinesReader reader = JsonLinesReader.open(negatives)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                // What 'mine' writes names the query's id 'qid' and its text 'query'.
                String id = row.text(row.node().has("qid") ? "qid" : "query");
                Example example = examples.get(id);
                if (example == null) {
                    throw row.error("the query id '" + id + "' is not in " + folder + " with a positive, split " + split
                            + "; are the negatives of another split?");
                }
                examples.put(
                        id,
                        new Example(
                                example.query(),
                                row.node().has("positives") ? documents(row, "positives") : example.positives(),
                                documents(row, "negatives"),
                                List.of(),
                                example.instruction(),
                                row.where()));
            }
        }
        return List.copyOf(examples.values());
    }

    /** {@return the documents of a list of ids, or of objects with an id, or a text where it is in no corpus} */
    private List<Text> documents(JsonRow row, String role) {
        JsonNode list = row.node().get(role);
        if (list == null || !list.isArray()) {
            throw row.error("'" + role + "' must be a list of ids");
        }
        if (list.isEmpty()) {
            throw RoleLines.emptyList(row, role);
        }
        List<Text> texts = new ArrayList<>();
        for (JsonNode element : list) {
            if (element.path("text").isString()) {
                texts.add(Text.of(element.path("text").asString()));
                continue;
            }
            String id = element.isObject() ? element.path("id").asString("") : element.asString();
            Text document = documents.get(id);
            if (document == null) {
                throw row.error("the " + role.substring(0, role.length() - 1) + " id '" + id
                        + "' is not in the corpus of " + folder + "; were the negatives mined from another corpus?");
            }
            texts.add(document);
        }
        return texts;
    }
}
