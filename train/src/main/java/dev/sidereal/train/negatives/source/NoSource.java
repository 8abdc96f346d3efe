package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.List;

/** Nothing is mined; all negatives come from the batch. */
public final class NoSource implements CandidateSource {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream().map(query -> List.<Candidate>of()).toList();
    }
}
