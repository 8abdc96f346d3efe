package dev.sidereal.train.negatives.filter;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.NormalText;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.Map;

/**
 * Drops candidates that contain an answer of the query, case and white space aside. Source: DPR, arXiv 2004.04906, section
 * 3.2: BM25 passages "which don't contain the answer".
 *
 * @param answers query id to its answers; a query without any keeps all
 */
public record AnswerString(Map<String, List<String>> answers) implements NegativeFilter {
    public AnswerString {
        answers = Map.copyOf(answers);
    }

    @Override
    public String name() {
        return "answer-string";
    }

    @Override
    public Stage stage() {
        return Stage.POSITIVES;
    }

    @Override
    public Filtered apply(QueryContext context, List<Candidate> pool) {
        List<String> own = answers.getOrDefault(context.query().id(), List.of()).stream()
                .map(NormalText::of)
                .filter(answer -> !answer.isEmpty())
                .toList();
        return Filtered.where(pool, c -> {
            String text = own.isEmpty() ? "" : NormalText.of(c.text(context.corpus()));
            return own.stream().noneMatch(text::contains);
        });
    }

    @Override
    public String toString() {
        return name() + "[" + new java.util.TreeMap<>(answers) + "]";
    }
}
