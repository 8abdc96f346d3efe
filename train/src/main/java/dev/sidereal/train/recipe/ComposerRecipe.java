package dev.sidereal.train.recipe;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.data.BatchComposer;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Topics;
import dev.sidereal.train.negatives.corpus.Clusters;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import java.util.List;

/**
 * Which examples meet in a batch.
 *
 * @param composer {@code mixed} by chance; {@code tas} by topics of queries; {@code cluster} by topics of positives
 * @param topics how many a dataset has; 0 for one in 200 queries, at least 2
 */
public record ComposerRecipe(String composer, int topics) {
    private static final int QUERIES_PER_TOPIC = 200;

    /** @throws BadConfig naming the value that does not fit */
    public ComposerRecipe {
        if (!List.of("mixed", "tas", "cluster").contains(composer)) {
            throw new BadConfig("There is no composer '" + composer + "'; composers are mixed, tas, cluster.");
        }
        if (topics < 0) {
            throw new BadConfig("Topics are 0 or more, got " + topics + ".");
        }
    }

    /** {@return the composer of a dataset, with topics by an encoder's vectors} */
    BatchComposer of(Dataset data, Encoder encoder, long seed) {
        int size = data.examples().size();
        if (composer.equals("mixed") || size < 2) {
            return BatchComposer.mixed();
        }
        boolean queries = composer.equals("tas");
        List<String> texts = data.examples().stream()
                .map(example -> queries
                        ? example.query().text()
                        : example.positives().getFirst().text())
                .toList();
        float[][] vectors =
                encoder.encode(queries ? Role.QUERY : Role.DOCUMENT, texts).vectors();
        int k = Math.min(size, topics > 0 ? topics : Math.max(2, size / QUERIES_PER_TOPIC));
        Clusters clusters = Clusters.fit(new HeapVectors(vectors), k, seed);
        int[] topics = new int[size];
        for (int i = 0; i < size; i++) {
            topics[i] = clusters.of(i);
        }
        return new Topics(data, topics);
    }
}
