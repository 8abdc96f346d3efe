package dev.sidereal.train.negatives.source;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several sources in turn: the first of each, then the second of each, without repeats; each candidate keeps its source and
 * its rank there. Scores of unlike sources do not compare, so a scorer is needed where they matter.
 */
public final class EnsembleSource implements CandidateSource {
    private final List<CandidateSource> sources;

    /** Joins sources. */
    public EnsembleSource(List<CandidateSource> sources) {
        this.sources = List.copyOf(sources);
        if (sources.isEmpty()) {
            throw new BadConfig("an ensemble needs at least one source");
        }
    }

    @Override
    public String name() {
        return sources.stream().map(CandidateSource::name).collect(Collectors.joining("+"));
    }

    @Override
    public String fingerprint() {
        return sources.stream().map(CandidateSource::fingerprint).collect(Collectors.joining("+"));
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        List<List<List<Candidate>>> bySource = sources.stream()
                .map(source -> source.candidates(queries, k, round))
                .toList();
        List<List<Candidate>> joined = new ArrayList<>(queries.size());
        for (int query = 0; query < queries.size(); query++) {
            List<List<Candidate>> lists = new ArrayList<>();
            for (List<List<Candidate>> ofOne : bySource) {
                lists.add(ofOne.get(query));
            }
            joined.add(inTurn(lists, k));
        }
        return joined;
    }

    private static List<Candidate> inTurn(List<List<Candidate>> lists, int k) {
        int longest = lists.stream().mapToInt(List::size).max().orElse(0);
        List<Candidate> joined = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        for (int rank = 0; rank < longest; rank++) {
            for (List<Candidate> list : lists) {
                if (rank < list.size() && joined.size() < k) {
                    Candidate candidate = list.get(rank);
                    if (seen.add(candidate.isWritten() ? candidate.text() : candidate.document())) {
                        joined.add(candidate);
                    }
                }
            }
        }
        return joined;
    }
}
