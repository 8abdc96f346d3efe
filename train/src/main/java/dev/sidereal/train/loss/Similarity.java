package dev.sidereal.train.loss;

import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;

/** How alike two vectors are. */
public enum Similarity {
    COSINE,
    DOT;

    private Tensor prepared(Tensor vectors) {
        return this == COSINE ? Norms.unit(vectors) : vectors;
    }

    /** {@return each of {@code [n][d]} against each of {@code [m][d]}, {@code [n][m]}} */
    Tensor all(Tensor a, Tensor b) {
        return prepared(a).matmul(prepared(b).transpose(0, 1));
    }

    /** {@return row against row along the last axis; shapes broadcast} */
    Tensor pairs(Tensor a, Tensor b) {
        return prepared(a).mul(prepared(b)).sum(-1);
    }

    /** {@return of {@code [n]} the query with its positive, {@code [n]}} */
    Tensor positives(Embedded batch) {
        return pairs(batch.get(Embedded.Role.QUERY), batch.get(Embedded.Role.POSITIVE));
    }

    /** {@return each query with its own negatives, {@code [n][k]}} */
    Tensor negatives(Embedded batch) {
        return pairs(batch.get(Embedded.Role.QUERY).unsqueeze(1), batch.get(Embedded.Role.NEGATIVES));
    }
}
