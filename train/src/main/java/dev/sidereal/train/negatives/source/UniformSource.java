package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Uniform negatives: {@code n ~ U(C)} without replacement, by Floyd's algorithm in O(k). The order is random too. Source:
 * Karpukhin et al., DPR, arXiv 2004.04906, section 3.2 ("Random").
 */
public final class UniformSource implements CandidateSource {
    private final String name;
    private final int size;

    /**
     * Makes a source.
     *
     * @param size how many documents there are
     */
    public UniformSource(String name, int size) {
        this.name = name;
        this.size = size;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream()
                .map(query -> draw(Math.min(k, size), round.random(query.id(), name)))
                .toList();
    }

    private List<Candidate> draw(int k, RandomGenerator random) {
        Set<Integer> chosen = new LinkedHashSet<>();
        for (int last = size - k; last < size; last++) {
            int pick = random.nextInt(last + 1);
            chosen.add(chosen.contains(pick) ? last : pick);
        }
        List<Integer> order = new ArrayList<>(chosen);
        Collections.shuffle(order, Random.from(random));
        return Ranked.of(name, order);
    }
}
