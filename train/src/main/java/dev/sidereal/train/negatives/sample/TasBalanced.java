package dev.sidereal.train.negatives.sample;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeSampler;
import dev.sidereal.train.negatives.QueryContext;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Stratified by score: the margins to the positive, from the smallest to the largest, are cut into bins of equal width; a
 * bin with candidates is drawn uniformly, then one of it, without replacement. Source: Hofstaetter et al., TAS-Balanced,
 * arXiv 2104.06967, section 3.2, with a teacher's scores; 10 bins.
 *
 * @param bins how many, at least 1
 */
public record TasBalanced(int bins) implements NegativeSampler {
    /** The bins of the authors' code. */
    public static final int BINS = 10;

    public TasBalanced {
        if (bins < 1) {
            throw new BadConfig("tas-balanced needs at least 1 bin, got " + bins);
        }
    }

    @Override
    public String name() {
        return "tas-balanced";
    }

    @Override
    public boolean needsScores() {
        return true;
    }

    @Override
    public List<Candidate> pick(QueryContext context, List<Candidate> pool, int n, RandomGenerator random) {
        double low = pool.stream().mapToDouble(Candidate::score).min().orElse(0);
        double high = pool.stream().mapToDouble(Candidate::score).max().orElse(0);
        List<List<Candidate>> strata = new ArrayList<>();
        for (int bin = 0; bin < bins; bin++) {
            strata.add(new ArrayList<>());
        }
        for (Candidate candidate : pool) {
            int bin = high == low ? 0 : (int) ((candidate.score() - low) / (high - low) * bins);
            strata.get(Math.min(bin, bins - 1)).add(candidate);
        }
        strata.removeIf(List::isEmpty);
        List<Candidate> picked = new ArrayList<>();
        while (picked.size() < n && !strata.isEmpty()) {
            int bin = random.nextInt(strata.size());
            List<Candidate> stratum = strata.get(bin);
            picked.add(stratum.remove(random.nextInt(stratum.size())));
            if (stratum.isEmpty()) {
                strata.remove(bin);
            }
        }
        return picked;
    }
}
