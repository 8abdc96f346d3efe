package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.corpus.Clusters;
import java.util.List;

/**
 * Documents of a positive's cluster in random order: on the subject, at no cost a query. Source: cluster-stratified
 * negatives, arXiv 2407.18887; the clusters are {@link Clusters}.
 */
public final class ClusterSource implements CandidateSource {
    private final Members members;

    /** Makes a source. */
    public ClusterSource(Clusters clusters) {
        this.members = new Members(clusters.size(), clusters::of);
    }

    @Override
    public String name() {
        return "cluster";
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
