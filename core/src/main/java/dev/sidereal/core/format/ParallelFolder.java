package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Judgment;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Questions and paragraphs in several languages, as XQuAD-R has them: {@code corpus.jsonl} with {@code lang} and
 * {@code group}, the same for all translations of a paragraph, and {@code queries.jsonl} with {@code lang} and
 * {@code gold_para}, the paragraph that answers. A split is a language, with the paragraphs and questions of that
 * language alone; the split {@code all} pools all languages, and each translation of the paragraph is relevant. Source:
 * Roy et al., LAReQA, arXiv 2004.05484. Differs: ranks paragraphs where LAReQA ranks sentences.
 */
final class ParallelFolder implements DataLayout {
    private static final String ALL = "all";
    private static final String GOLD = "gold_para";

    private final Path corpus;
    private final Path queries;

    private ParallelFolder(Path corpus, Path queries) {
        this.corpus = corpus;
        this.queries = queries;
    }

    /** {@return the layout if the first query names its paragraph and language, else null} */
    static @Nullable ParallelFolder recognise(Path folder, Path corpus) {
        Path queries = DataFile.find(folder, "queries.jsonl");
        if (queries == null) {
            return null;
        }
        try (JsonLinesReader reader = JsonLinesReader.open(queries)) {
            JsonRow first = reader.next();
            boolean parallel =
                    first != null && first.node().has(GOLD) && first.node().has("lang");
            return parallel ? new ParallelFolder(corpus, queries) : null;
        }
    }

    @Override
    public SortedSet<String> splits() {
        SortedSet<String> splits = new TreeSet<>(List.of(ALL));
        try (JsonLinesReader reader = JsonLinesReader.open(queries)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                splits.add(row.text("lang"));
            }
        }
        return Collections.unmodifiableSortedSet(splits);
    }

    @Override
    public ItemSource items(String split) {
        JsonItems all = new JsonItems(corpus, Map.of("lang", FieldType.KEYWORD, "group", FieldType.KEYWORD));
        return bad -> all.rows(bad).filter(row -> belongs(split, keyword(row, "lang")));
    }

    @Override
    public List<Query> queries(String split) {
        Map<String, String> places = new HashMap<>();
        List<Query> found = new ArrayList<>();
        for (JsonRow row : questions(split)) {
            found.add(QueryFile.unique(new Query(row.id(), row.text("text")), row, places));
        }
        return found;
    }

    @Override
    public Qrels qrels(String split) {
        Map<String, String> groups = new HashMap<>();
        try (Stream<SourcedItem> rows = items(split).rows(BadRows.stop())) {
            rows.forEach(row -> groups.put(row.item().id(), keyword(row, "group")));
        }
        Map<String, List<String>> translations =
                groups.keySet().stream().sorted().collect(Collectors.groupingBy(id -> groups.getOrDefault(id, "")));
        List<Judgment> judgments = new ArrayList<>();
        for (JsonRow row : questions(split)) {
            String gold = row.text(GOLD);
            String group = groups.get(gold);
            if (group == null) {
                throw row.error(
                        "'" + GOLD + "' names '" + gold + "', which is no paragraph of the corpus in '" + split + "'");
            }
            for (String id : translations.getOrDefault(group, List.of())) {
                judgments.add(new Judgment(row.id(), id, 1));
            }
        }
        return Qrels.of(judgments);
    }

    private List<JsonRow> questions(String split) {
        List<JsonRow> rows = new ArrayList<>();
        try (JsonLinesReader reader = JsonLinesReader.open(queries)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                if (belongs(split, row.text("lang"))) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static boolean belongs(String split, String language) {
        return split.equals(ALL) || split.equals(language);
    }

    private static String keyword(SourcedItem row, String field) {
        if (row.item().fields().get(field) instanceof FieldValue.Keyword keyword) {
            return keyword.value();
        }
        throw new BadInput(row.where() + ": field '" + field + "' is missing");
    }
}
