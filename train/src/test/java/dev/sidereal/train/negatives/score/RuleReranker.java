package dev.sidereal.train.negatives.score;

import dev.sidereal.core.Reranker;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Scores a text by a rule, whatever the query. */
public record RuleReranker(String name, ToDoubleFunction<String> rule) implements Reranker {
    @Override
    public double[] score(String query, List<String> texts) {
        return texts.stream().mapToDouble(rule).toArray();
    }

    @Override
    public void close() {}
}
