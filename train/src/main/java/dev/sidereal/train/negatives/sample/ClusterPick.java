package dev.sidereal.train.negatives.sample;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.Clusters;
import dev.sidereal.train.negatives.corpus.DocumentVectors;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * One of each kind: the pool is clustered by cosine into as many clusters as negatives are asked, and of each the one that
 * scores highest is taken, the clusters in the order of these scores; what empty clusters leave open is filled with the next
 * best. Of our own design. Written texts have no vector and are not picked.
 *
 * @param vectors the documents' vectors
 */
public record ClusterPick(DocumentVectors vectors) implements NegativeSampler {
    @Override
    public String name() {
        return "cluster-pick";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        List<Candidate> hardest = pool.stream()
                .filter(c -> !c.isWritten())
                .sorted(Comparator.comparingDouble(Candidate::score).reversed())
                .toList();
        if (hardest.size() <= n) {
            return hardest;
        }
        float[][] rows = hardest.stream().map(c -> vectors.row(c.document())).toArray(float[][]::new);
        Clusters clusters = Clusters.fit(new HeapVectors(rows), n, random.nextLong());
        boolean[] taken = new boolean[n];
        List<Candidate> picked = new ArrayList<>();
        List<Candidate> rest = new ArrayList<>();
        for (int i = 0; i < hardest.size(); i++) {
            int cluster = clusters.of(i);
            (taken[cluster] ? rest : picked).add(hardest.get(i));
            taken[cluster] = true;
        }
        picked.addAll(rest.subList(0, Math.max(0, n - picked.size())));
        return picked;
    }

    @Override
    public String toString() {
        return "cluster-pick[" + vectors.fingerprint() + "]";
    }
}
