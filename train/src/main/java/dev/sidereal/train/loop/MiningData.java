package dev.sidereal.train.loop;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The documents that a dataset's negatives are mined from, and its queries with all positives they have in any example.
 *
 * @param corpus closed with this
 * @param queries one for each id of a query
 */
public record MiningData(StoredCorpus corpus, List<MiningQuery> queries) implements AutoCloseable {
    /** {@return mining among the positives and negatives that the dataset has itself} */
    public static MiningData of(Dataset dataset) {
        Map<String, Item> items = new LinkedHashMap<>();
        for (Example example : dataset.examples()) {
            Stream.concat(example.positives().stream(), example.negatives().stream())
                    .forEach(text -> items.putIfAbsent(text.id(), Item.of(text.id(), "", text.text())));
        }
        return of(dataset, items.values().stream());
    }

    /**
     * {@return mining among these documents}
     *
     * @param items read once, not closed
     * @throws BadInput if a positive is not among them
     */
    public static MiningData of(Dataset dataset, Stream<Item> items) {
        StoredCorpus corpus = StoredCorpus.temporary(items);
        try {
            return new MiningData(corpus, queries(dataset, corpus));
        } catch (BadInput e) {
            corpus.close();
            throw e;
        }
    }

    private static List<MiningQuery> queries(Dataset dataset, StoredCorpus corpus) {
        Map<String, Set<Integer>> positives = new LinkedHashMap<>();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Example example : dataset.examples()) {
            String id = example.query().id();
            texts.putIfAbsent(id, example.query().text());
            for (Text positive : example.positives()) {
                int document = corpus.find(positive.id());
                if (document < 0) {
                    throw new BadInput(example.where() + ": the positive '" + positive.id() + "' is not among the "
                            + corpus.size() + " documents to mine from; mine from the corpus that the data names");
                }
                positives.computeIfAbsent(id, _ -> new LinkedHashSet<>()).add(document);
            }
        }
        List<MiningQuery> queries = new ArrayList<>();
        positives.forEach((id, documents) ->
                queries.add(new MiningQuery(id, texts.getOrDefault(id, ""), List.copyOf(documents))));
        return List.copyOf(queries);
    }

    @Override
    public void close() {
        corpus.close();
    }
}
