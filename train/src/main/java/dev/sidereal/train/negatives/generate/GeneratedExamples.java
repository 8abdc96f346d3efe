package dev.sidereal.train.negatives.generate;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Training data of documents alone: each gives queries, its own text is their positive, and negatives are mined as from any
 * data. With the strategy {@code gpl} and a margin loss it is GPL (arXiv 2112.07577).
 */
public final class GeneratedExamples {
    private GeneratedExamples() {}

    /**
     * {@return an example a query}
     *
     * @param items read once, not closed
     * @param each queries of a document at most
     * @throws BadInput if no document gives any
     */
    public static Dataset of(String name, Stream<Item> items, QueryWriter writer, int each) {
        if (each < 1) {
            throw new BadConfig("a document gives at least 1 query, got " + each);
        }
        List<Example> examples = new ArrayList<>();
        for (Iterator<Item> all = items.iterator(); all.hasNext(); ) {
            Item item = all.next();
            for (QueryWriter.Written written : writer.write(item, each)) {
                examples.add(new Example(
                        Text.of(written.query()),
                        List.of(new Text(item.id() + "#" + written.query(), written.passage())),
                        List.of(),
                        List.of(),
                        "",
                        name + " (generated from '" + item.id() + "')"));
            }
        }
        if (examples.isEmpty()) {
            throw new BadInput(
                    "no document of " + name + " gave a query; documents without titles need a language model");
        }
        return new Dataset(name, true, examples);
    }

    /**
     * {@return the examples whose query finds its own positive among the first {@code k} of all positives}
     *
     * @throws BadInput if none does
     */
    public static Dataset roundTrip(Dataset dataset, Encoder encoder, int k) {
        List<Example> examples = dataset.examples();
        List<String> passages =
                examples.stream().map(e -> e.positives().getFirst().text()).toList();
        DenseIndex index = new DenseIndex(
                encoder, new HeapVectors(encoder.encode(Role.DOCUMENT, passages).vectors()));
        float[][] queries = encoder.encode(
                        Role.QUERY, examples.stream().map(e -> e.query().text()).toList())
                .vectors();
        List<Example> kept = new ArrayList<>();
        for (int i = 0; i < queries.length; i++) {
            int own = i;
            List<TopK.Scored> best = index.search(List.of(queries[i]), k).getFirst();
            if (best.stream().anyMatch(scored -> passages.get((int) scored.id()).equals(passages.get(own)))) {
                kept.add(examples.get(i));
            }
        }
        if (kept.isEmpty()) {
            throw new BadInput("none of the " + examples.size() + " queries of " + dataset.name()
                    + " finds its own document among the first " + k + "; take a larger k or another writer");
        }
        return new Dataset(dataset.name(), dataset.inBatch(), kept);
    }
}
