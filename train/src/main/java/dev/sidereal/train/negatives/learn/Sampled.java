package dev.sidereal.train.negatives.learn;

import dev.sidereal.core.vector.TopK;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/** Some of the queries with what they retrieve, to learn from. */
record Sampled(MiningQuery query, float[] vector, List<TopK.Scored> found) {
    private static final int QUERIES = 256;
    private static final int DEPTH = 50;

    /** {@return at most 256 queries, each with its 50 nearest documents but for its positives} */
    static List<Sampled> of(List<MiningQuery> queries, DenseIndex index, long seed) {
        List<MiningQuery> order = new ArrayList<>(queries);
        Collections.shuffle(order, Random.from(new SplittableRandom(seed)));
        List<Sampled> sampled = new ArrayList<>();
        for (MiningQuery query : order.subList(0, Math.min(QUERIES, order.size()))) {
            List<float[]> vector = index.encode(List.of(query));
            List<TopK.Scored> found =
                    index.search(vector, Math.min(DEPTH, index.documents().size())).getFirst().stream()
                            .filter(scored -> !query.positives().contains((int) scored.id()))
                            .toList();
            if (!found.isEmpty()) {
                sampled.add(new Sampled(query, vector.getFirst(), found));
            }
        }
        return sampled;
    }
}
