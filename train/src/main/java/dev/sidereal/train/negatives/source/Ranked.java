package dev.sidereal.train.negatives.source;

import dev.sidereal.core.vector.TopK;
import dev.sidereal.train.negatives.Candidate;
import java.util.ArrayList;
import java.util.List;

/** Makes candidates of lists. */
final class Ranked {
    private Ranked() {}

    /** {@return documents in order, without scores} */
    static List<Candidate> of(String source, List<Integer> documents) {
        List<Candidate> candidates = new ArrayList<>(documents.size());
        for (int document : documents) {
            candidates.add(Candidate.of(document, 0, candidates.size() + 1, source));
        }
        return candidates;
    }

    static List<Candidate> ofBest(String source, List<TopK.Scored> best) {
        List<Candidate> candidates = new ArrayList<>(best.size());
        for (TopK.Scored scored : best) {
            candidates.add(Candidate.of((int) scored.id(), scored.score(), candidates.size() + 1, source));
        }
        return candidates;
    }
}
