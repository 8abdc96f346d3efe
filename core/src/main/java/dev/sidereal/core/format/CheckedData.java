package dev.sidereal.core.format;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a pass over an evaluation set finds.
 *
 * @param size number of items
 * @param queries those with judgments
 * @param qrels judgments of these queries
 * @param warnings what does not fit but can be left out
 * @param corpusHash hash of the items
 * @param contentHash hash of everything
 */
record CheckedData(
        long size, List<Query> queries, Qrels qrels, List<String> warnings, String corpusHash, String contentHash) {

    static CheckedData of(Path folder, String split, DataLayout layout) {
        if (!layout.splits().contains(split)) {
            throw new BadInput(
                    folder + " has no split '" + split + "'; splits are " + String.join(", ", layout.splits()));
        }
        Qrels all = layout.qrels(split);
        if (all.grades().isEmpty()) {
            throw new BadInput(folder + ": the split '" + split + "' has no judgments");
        }
        List<String> warnings = new ArrayList<>();
        List<Query> queries = layout.queries(split).stream()
                .filter(q -> all.grades().containsKey(q.id()))
                .toList();
        Qrels qrels = ofKnownQueries(folder, all, queries, warnings);
        Corpus corpus = Corpus.read(folder, layout.items(split), qrels, warnings);
        return new CheckedData(
                corpus.size(),
                queries,
                qrels,
                List.copyOf(warnings),
                corpus.hash(),
                hash(corpus.hash(), queries, qrels));
    }

    private static Qrels ofKnownQueries(Path folder, Qrels all, List<Query> queries, List<String> warnings) {
        Set<String> known = queries.stream().map(Query::id).collect(Collectors.toSet());
        Map<String, Map<String, Integer>> kept = new LinkedHashMap<>();
        Set<String> unknown = new LinkedHashSet<>();
        all.grades().forEach((query, byItem) -> {
            if (known.contains(query)) {
                kept.put(query, byItem);
            } else {
                unknown.add(query);
            }
        });
        if (kept.isEmpty()) {
            throw new BadInput(folder + ": none of the " + unknown.size() + " judged queries is among the queries, for"
                    + " example '" + unknown.iterator().next() + "'; these are the judgments of other queries");
        }
        if (!unknown.isEmpty()) {
            warnings.add(unknown.size() + " of " + all.grades().size() + " judged queries are not among the queries and"
                    + " are left out, for example '" + unknown.iterator().next() + "'");
        }
        return new Qrels(kept);
    }

    private static String hash(String corpusHash, List<Query> queries, Qrels qrels) {
        ContentHash hash = new ContentHash().add(corpusHash);
        queries.forEach(query -> hash.add(query.id()).add(query.text()));
        qrels.grades().forEach((query, byItem) -> {
            hash.add(query);
            byItem.forEach((item, grade) -> hash.add(item).add(Integer.toString(grade)));
        });
        return hash.hex();
    }

    /** What the pass over the items finds. */
    private record Corpus(long size, String hash) {
        static Corpus read(Path folder, ItemSource source, Qrels qrels, List<String> warnings) {
            Set<String> missing = new LinkedHashSet<>();
            qrels.grades().values().forEach(byItem -> missing.addAll(byItem.keySet()));
            Set<String> judged = new HashSet<>(missing);
            IdLedger ids = new IdLedger(source);
            ContentHash hash = new ContentHash();
            int size = 0;
            try (Stream<SourcedItem> rows = source.rows(BadRows.stop())) {
                for (SourcedItem row : (Iterable<SourcedItem>) rows::iterator) {
                    ids.add(row, size++);
                    missing.remove(row.item().id());
                    hash.add(JsonLinesWriter.line(ItemJson.write(row.item())));
                }
            }
            if (size == 0) {
                throw new BadInput(folder + ": the corpus is empty");
            }
            if (missing.size() == judged.size()) {
                throw new BadInput(folder + ": none of the " + judged.size() + " judged items is in the corpus, for"
                        + " example '" + missing.iterator().next() + "'; these are the judgments of another corpus");
            }
            if (!missing.isEmpty()) {
                warnings.add(missing.size() + " of " + judged.size() + " judged items are not in the corpus, for"
                        + " example '" + missing.iterator().next() + "'; they count as not found");
            }
            return new Corpus(size, hash.hex());
        }
    }
}
