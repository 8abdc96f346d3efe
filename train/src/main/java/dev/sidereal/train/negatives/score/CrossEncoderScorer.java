package dev.sidereal.train.negatives.score;

import dev.sidereal.core.Reranker;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.PairScorer;
import java.util.List;

/**
 * A model that reads query and document together: a cross-encoder, a reranker, a language model's judgment.
 *
 * @param model closed by its opener
 */
public record CrossEncoderScorer(Corpus corpus, Reranker model) implements PairScorer {
    @Override
    public String name() {
        return model.name();
    }

    @Override
    public double[] score(MiningQuery query, List<Candidate> documents) {
        double[] scores = model.score(
                query.text(), documents.stream().map(c -> c.text(corpus)).toList());
        if (scores.length != documents.size()) {
            throw new BadInput("the teacher '" + name() + "' gave " + scores.length + " scores for " + documents.size()
                    + " documents of query '" + query.id() + "'");
        }
        return scores;
    }
}
