package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Drops a candidate if at least some of several teachers, each on its own scale, put it above
 * {@code s_p - (1 - rho) |s_p|}: one teacher's blind spot is not another's. With a single teacher it is the positive-aware
 * rule of NV-Retriever (arXiv 2407.15831) on a cross-encoder.
 *
 * @param teachers who is asked, at least one
 * @param votes how many must object, 1 to the number of teachers
 * @param rho share of the lowest positive's score, as in {@link TopKPercPos}
 */
public record Consensus(List<PairScorer> teachers, int votes, double rho) implements NegativeFilter {
    public Consensus {
        teachers = List.copyOf(teachers);
        if (votes < 1 || votes > teachers.size()) {
            throw new BadConfig("consensus needs 1 to " + teachers.size() + " votes of " + teachers.size()
                    + " teachers, got " + votes);
        }
        if (!(rho > 0 && rho <= 1)) {
            throw new BadConfig("rho of consensus must be above 0 and at most 1, got " + rho);
        }
    }

    @Override
    public String name() {
        return "consensus";
    }

    @Override
    public Stage stage() {
        return Stage.TEACHER;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        int[] objections = new int[pool.size()];
        for (PairScorer teacher : teachers) {
            double positive = java.util.Arrays.stream(teacher.score(context.query(), context.positives()))
                    .min()
                    .orElseThrow();
            double ceiling = TopKPercPos.ceiling(positive, rho);
            double[] scores = teacher.score(context.query(), pool);
            for (int i = 0; i < scores.length; i++) {
                objections[i] += scores[i] <= ceiling ? 0 : 1;
            }
        }
        int[] at = new int[1];
        return Filtered.where(pool, c -> objections[at[0]++] < votes);
    }

    @Override
    public String toString() {
        String names = teachers.stream().map(PairScorer::name).collect(Collectors.joining(", "));
        return name() + "[" + names + "; " + votes + ", " + rho + "]";
    }
}
