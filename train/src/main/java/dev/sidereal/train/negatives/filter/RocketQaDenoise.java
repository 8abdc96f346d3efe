package dev.sidereal.train.negatives.filter;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.QueryContext;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a cross-encoder that gives probabilities: candidates below {@code low} stay, those above {@code high} become
 * positives, the rest are dropped. Source: Qu et al., RocketQA, arXiv 2010.08191, section 4.2.2: 0.1 and 0.9.
 *
 * @param teacher gives 0 to 1
 * @param low below it a candidate is a sure negative
 * @param high above it a candidate is a sure positive
 */
public record RocketQaDenoise(PairScorer teacher, double low, double high) implements NegativeFilter {
    /** The paper's bound for negatives. */
    public static final double LOW = 0.1;

    /** The paper's bound for positives. */
    public static final double HIGH = 0.9;

    public RocketQaDenoise {
        if (!(low <= high)) {
            throw new BadConfig("the bound for negatives, " + low + ", is above that for positives, " + high);
        }
    }

    @Override
    public String name() {
        return "rocketqa-denoise";
    }

    @Override
    public Stage stage() {
        return Stage.TEACHER;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        double[] scores = teacher.score(context.query(), pool);
        List<Candidate> kept = new ArrayList<>();
        List<Candidate> positives = new ArrayList<>();
        for (int i = 0; i < scores.length; i++) {
            if (scores[i] < low) {
                kept.add(pool.get(i));
            } else if (scores[i] > high && !pool.get(i).isWritten()) {
                positives.add(pool.get(i));
            }
        }
        return new Filtered(kept, positives);
    }

    @Override
    public String toString() {
        return name() + "[" + teacher.name() + ", " + low + ", " + high + "]";
    }
}
