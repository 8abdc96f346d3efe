package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Drops a candidate that is among the k nearest documents of a positive while the positive is among its own k nearest: the
 * two say the same. O(corpus x dims) for each candidate near a positive. Source: reciprocal neighbours, EMNLP 2023,
 * main.665.
 *
 * @param index vectors of all documents
 * @param k how many neighbours, at least 1
 */
public record Reciprocal(DenseIndex index, int k) implements NegativeFilter {
    /** Neighbours where nothing is said. */
    public static final int NEIGHBOURS = 10;

    public Reciprocal {
        if (k < 1) {
            throw new BadConfig("reciprocal neighbours need k of at least 1, got " + k);
        }
    }

    @Override
    public String name() {
        return "reciprocal";
    }

    @Override
    public Stage stage() {
        return Stage.TEACHER;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        Set<Integer> alike = new HashSet<>();
        for (int positive : context.query().positives()) {
            Set<Integer> near = neighbours(positive);
            for (Candidate candidate : pool) {
                int document = candidate.document();
                if (near.contains(document) && neighbours(document).contains(positive)) {
                    alike.add(document);
                }
            }
        }
        return Filtered.where(pool, c -> !alike.contains(c.document()));
    }

    /** One more is asked for, since a document is its own neighbour. */
    private Set<Integer> neighbours(int document) {
        Set<Integer> near = new HashSet<>();
        for (TopK.Scored scored :
                index.search(List.of(index.documents().row(document)), k + 1).getFirst()) {
            if (scored.id() != document && near.size() < k) {
                near.add((int) scored.id());
            }
        }
        return near;
    }

    @Override
    public String toString() {
        return name() + "[" + index.name() + ", " + k + "]";
    }
}
