package dev.sidereal.train.negatives.score;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.Corpus;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.PairScorer;
import java.util.List;

/** A model that reads query and document together: a cross-encoder, a reranker, a language model's judgment. */
public final class CrossEncoderScorer implements PairScorer {
    private final String name;
    private final Corpus corpus;
    private final PairModel model;

    /** Makes a scorer. */
    public CrossEncoderScorer(String name, Corpus corpus, PairModel model) {
        this.name = name;
        this.corpus = corpus;
        this.model = model;
    }

    /** Reads pairs of texts. */
    @FunctionalInterface
    public interface PairModel {
        /** {@return one score a text, in order; higher is better} */
        double[] score(String query, List<String> texts);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double[] score(MiningQuery query, List<Candidate> documents) {
        double[] scores = model.score(
                query.text(), documents.stream().map(c -> c.text(corpus)).toList());
        if (scores.length != documents.size()) {
            throw new BadInput("the teacher '" + name + "' gave " + scores.length + " scores for " + documents.size()
                    + " documents of query '" + query.id() + "'");
        }
        return scores;
    }
}
