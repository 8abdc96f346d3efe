package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.List;

/**
 * Passages of the same page, section or title as a positive, which share its subject without answering; in random order.
 * Source: the structural negatives of the catalogue; DPR's "same page" reading of arXiv 2004.04906, section 3.2.
 */
public final class SiblingSource implements CandidateSource {
    private final Members members;

    /** Makes a source that follows {@link Corpus#group}. */
    public SiblingSource(Corpus corpus) {
        this.members = new Members(corpus.size(), corpus::group);
    }

    @Override
    public String name() {
        return "siblings";
    }

    @Override
    public String fingerprint() {
        return name() + ":" + members.hash();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream()
                .map(query -> members.siblings(query, k, round, name()))
                .toList();
    }
}
