package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.ArrayList;
import java.util.List;

/**
 * Negatives made up from each positive. SyNeg (arXiv 2412.17250) found training on such texts alone unstable and mixes them
 * with retrieved ones: join this with another source in an {@link EnsembleSource}.
 */
public final class WrittenSource implements CandidateSource {
    private final String name;
    private final NegativeWriter writer;
    private final Corpus corpus;

    /** Makes a source. */
    public WrittenSource(String name, NegativeWriter writer, Corpus corpus) {
        this.name = name;
        this.writer = writer;
        this.corpus = corpus;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String fingerprint() {
        return name + ":" + writer.fingerprint();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream().map(query -> written(query, k)).toList();
    }

    private List<Candidate> written(MiningQuery query, int k) {
        List<Candidate> candidates = new ArrayList<>();
        for (int positive : query.positives()) {
            int room = k - candidates.size();
            if (room > 0) {
                List<String> texts = writer.write(query.text(), corpus.text(positive), room);
                for (String text : texts.subList(0, Math.min(room, texts.size()))) {
                    candidates.add(Candidate.written(text, candidates.size() + 1, name));
                }
            }
        }
        return candidates;
    }
}
