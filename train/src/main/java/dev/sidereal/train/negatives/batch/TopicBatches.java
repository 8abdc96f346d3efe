package dev.sidereal.train.negatives.batch;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.corpus.Clusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

/**
 * Batches of one topic, so that in-batch negatives are hard for free: queries are clustered once, each batch is drawn from
 * one cluster. Source: Hofstaetter et al., TAS, arXiv 2104.06967, section 3.1. Every query comes once an epoch.
 *
 * <p>Differs: what is left of clusters after whole batches makes mixed batches rather than short ones, so that the number of
 * negatives is the same throughout; only the last batch may be short.
 */
public final class TopicBatches {
    private TopicBatches() {}

    /**
     * {@return batches of query numbers for one epoch}
     *
     * @param clusters of the queries' vectors
     * @param size rows a batch, at least 2
     */
    public static List<List<Integer>> epoch(Clusters clusters, int size, long seed) {
        if (size < 2) {
            throw new BadConfig("a batch of one topic needs at least 2 rows, got " + size);
        }
        Random random = Random.from(new SplittableRandom(seed));
        List<List<Integer>> topics = new ArrayList<>();
        for (int c = 0; c < clusters.count(); c++) {
            topics.add(new ArrayList<>());
        }
        for (int query = 0; query < clusters.size(); query++) {
            topics.get(clusters.of(query)).add(query);
        }
        List<List<Integer>> batches = new ArrayList<>();
        List<Integer> rest = new ArrayList<>();
        for (List<Integer> topic : topics) {
            Collections.shuffle(topic, random);
            int whole = topic.size() / size * size;
            addBatches(topic.subList(0, whole), size, batches);
            rest.addAll(topic.subList(whole, topic.size()));
        }
        Collections.shuffle(batches, random);
        addBatches(rest, size, batches);
        return List.copyOf(batches);
    }

    private static void addBatches(List<Integer> rows, int size, List<List<Integer>> batches) {
        for (int from = 0; from < rows.size(); from += size) {
            batches.add(List.copyOf(rows.subList(from, Math.min(from + size, rows.size()))));
        }
    }
}
