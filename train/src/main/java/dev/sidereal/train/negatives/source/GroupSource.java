package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.corpus.Clusters;
import java.util.List;

/** Other documents of the groups that a query's positives are in, in random order: on the subject, at no cost a query. */
public final class GroupSource implements CandidateSource {
    private final String name;
    private final Members members;

    private GroupSource(String name, Members members) {
        this.name = name;
        this.members = members;
    }

    /**
     * {@return passages of the same page, section or title as a positive, which share its subject without answering}
     * Source: the structural negatives of the catalogue; DPR's "same page" reading of arXiv 2004.04906, section 3.2.
     */
    public static GroupSource siblings(Corpus corpus) {
        return new GroupSource("siblings", new Members(corpus.size(), corpus::group));
    }

    /** {@return documents of a positive's cluster} Source: cluster-stratified negatives, arXiv 2407.18887. */
    public static GroupSource clusters(Clusters clusters) {
        return new GroupSource("cluster", new Members(clusters.size(), clusters::of));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return name + ":" + members.hash();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream()
                .map(query -> members.siblings(query, k, round, name))
                .toList();
    }
}
