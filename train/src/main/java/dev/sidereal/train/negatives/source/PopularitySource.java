package dev.sidereal.train.negatives.source;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Popular negatives: {@code P(n) ~ count(n)^0.75}, drawn one after the other without replacement. Documents with count 0 are
 * never drawn. Source: the unigram distribution of Mikolov et al., arXiv 1310.4546, section 2.2.
 */
public final class PopularitySource implements CandidateSource {
    /** The exponent of word2vec. */
    public static final double EXPONENT = 0.75;

    private static final int MAX_TRIES = 32;

    private final double[] cumulated;
    private final int positive;
    private final String fingerprint;

    /**
     * Makes a source.
     *
     * @param counts how often each document is a positive, is clicked, is linked; not negative
     * @throws BadInput if a count is negative or all are 0
     */
    public PopularitySource(int[] counts, double exponent) {
        this.cumulated = new double[counts.length];
        double sum = 0;
        int drawn = 0;
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] < 0) {
                throw new BadInput(
                        "the popularity of document " + (i + 1) + " is " + counts[i] + "; counts are not negative");
            }
            sum += counts[i] == 0 ? 0 : Math.pow(counts[i], exponent);
            drawn += counts[i] == 0 ? 0 : 1;
            cumulated[i] = sum;
        }
        if (drawn == 0) {
            throw new BadInput("no document has a popularity above 0, so none can be drawn");
        }
        this.positive = drawn;
        this.fingerprint = "popularity:" + Arrays.hashCode(counts) + ":" + exponent;
    }

    @Override
    public String name() {
        return "popularity";
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream()
                .map(query -> draw(Math.min(k, positive), round.random(query.id(), name())))
                .toList();
    }

    private List<Candidate> draw(int k, RandomGenerator random) {
        Set<Integer> chosen = new LinkedHashSet<>();
        long tries = (long) MAX_TRIES * k;
        while (chosen.size() < k && tries-- > 0) {
            chosen.add(at(random.nextDouble() * cumulated[cumulated.length - 1]));
        }
        // What is left has so little weight together that rejection would go on for long.
        while (chosen.size() < k) {
            chosen.add(oneOfTheRest(chosen, random));
        }
        return Ranked.of(name(), List.copyOf(chosen));
    }

    private int at(double mass) {
        int found = Arrays.binarySearch(cumulated, mass);
        int place = found < 0 ? -found - 1 : found + 1;
        // A mass on an edge belongs to the next document with weight.
        while (weight(place) == 0) {
            place++;
        }
        return place;
    }

    private int oneOfTheRest(Set<Integer> chosen, RandomGenerator random) {
        double rest = 0;
        for (int i = 0; i < cumulated.length; i++) {
            rest += chosen.contains(i) ? 0 : weight(i);
        }
        double mass = random.nextDouble() * rest;
        int last = -1;
        for (int i = 0; i < cumulated.length; i++) {
            if (!chosen.contains(i) && weight(i) > 0) {
                last = i;
                mass -= weight(i);
                if (mass < 0) {
                    return i;
                }
            }
        }
        return last;
    }

    private double weight(int document) {
        return cumulated[document] - (document == 0 ? 0 : cumulated[document - 1]);
    }
}
