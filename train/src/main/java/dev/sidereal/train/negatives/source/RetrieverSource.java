package dev.sidereal.train.negatives.source;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.ArrayList;
import java.util.List;

/** What a retriever finds now: a lexical leg of an index, a fusion, a cluster. */
public final class RetrieverSource implements CandidateSource {
    private final Retriever retriever;
    private final Principal principal;
    private final Corpus corpus;

    /**
     * Makes a source.
     *
     * @param principal on whose behalf the corpus is searched
     */
    public RetrieverSource(Retriever retriever, Principal principal, Corpus corpus) {
        this.retriever = retriever;
        this.principal = principal;
        this.corpus = corpus;
    }

    @Override
    public String name() {
        return retriever.name();
    }

    @Override
    public List<List<Candidate>> candidates(List<MiningQuery> queries, int k, Round round) {
        return queries.stream().map(query -> found(query, k)).toList();
    }

    private List<Candidate> found(MiningQuery query, int k) {
        List<Candidate> candidates = new ArrayList<>();
        for (Hit hit : retriever.retrieve(SearchRequest.of(query.text(), k, principal))) {
            int document = corpus.find(hit.id());
            if (document < 0) {
                throw new BadInput("the retriever '" + name() + "' found item '" + hit.id() + "' for query '"
                        + query.id() + "', but the corpus has no such item; it searches another corpus");
            }
            candidates.add(Candidate.of(document, hit.score(), candidates.size() + 1, name()));
        }
        return candidates;
    }
}
