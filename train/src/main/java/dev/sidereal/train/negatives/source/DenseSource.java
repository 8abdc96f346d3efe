package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import java.util.List;

/**
 * The nearest documents by a fixed encoder, ranks 1 to k, exact. The "naive top-k" of Moreira et al., NV-Retriever, arXiv
 * 2407.15831, section 3.
 */
public final class DenseSource implements CandidateSource {
    private final String name;
    private final DenseIndex index;

    /** Makes a source. */
    public DenseSource(String name, DenseIndex index) {
        this.name = name;
        this.index = index;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return name + ":" + index.name();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return index.search(index.encode(queries), k).stream()
                .map(best -> Ranked.ofBest(name, best))
                .toList();
    }
}
