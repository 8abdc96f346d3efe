package dev.sidereal.train.negatives.source;

import dev.sidereal.core.Run;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * The ranked lists of a run: BM25's, or those of any retriever whose results were kept. Source: DPR's BM25 negatives,
 * arXiv 2004.04906, section 3.2: the top of BM25 minus the positives.
 */
public final class RunSource implements CandidateSource {
    private final Run run;
    private final Corpus corpus;

    /**
     * Makes a source.
     *
     * @throws BadInput if the run has no results, or names an item that the corpus has not
     */
    public RunSource(Run run, Corpus corpus) {
        this.run = run;
        this.corpus = corpus;
        if (run.results().isEmpty()) {
            throw new BadInput("the run '" + run.name() + "' has no results");
        }
        run.results().forEach((query, results) -> results.forEach(r -> document(query, r.itemId())));
    }

    @Override
    public String name() {
        return run.name();
    }

    @Override
    public String fingerprint() {
        ContentHash hash = new ContentHash();
        new TreeMap<>(run.results()).forEach((query, results) -> {
            hash.add(query);
            results.forEach(result -> hash.add(result.itemId() + " " + result.score()));
        });
        return name() + ":" + hash.hex();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream().map(query -> top(query, k)).toList();
    }

    private List<Candidate> top(MiningQuery query, int k) {
        List<Candidate> candidates = new ArrayList<>();
        for (Run.Scored result : run.of(query.id()).stream().limit(k).toList()) {
            int document = document(query.id(), result.itemId());
            candidates.add(Candidate.of(document, result.score(), candidates.size() + 1, name()));
        }
        return candidates;
    }

    private int document(String query, String itemId) {
        int document = corpus.find(itemId);
        if (document < 0) {
            throw new BadInput("the run '" + run.name() + "' lists item '" + itemId + "' for query '" + query
                    + "', but the corpus has no such item; the run is of another corpus");
        }
        return document;
    }
}
