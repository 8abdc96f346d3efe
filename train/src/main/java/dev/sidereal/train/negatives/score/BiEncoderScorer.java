package dev.sidereal.train.negatives.score;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.PairScorer;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import java.util.List;

/** The dot product of a bi-encoder's vectors; a written text is encoded when it comes. */
public final class BiEncoderScorer implements PairScorer {
    private final DenseIndex index;

    /** Makes a scorer. */
    public BiEncoderScorer(DenseIndex index) {
        this.index = index;
    }

    @Override
    public String name() {
        return index.name();
    }

    @Override
    public double[] score(MiningQuery query, List<Candidate> documents) {
        float[] vector = index.encode(List.of(query)).getFirst();
        return documents.stream()
                .mapToDouble(c -> c.isWritten() ? index.score(vector, c.text()) : index.score(vector, c.document()))
                .toArray();
    }
}
