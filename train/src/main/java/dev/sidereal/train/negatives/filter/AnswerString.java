package dev.sidereal.train.negatives.filter;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter;
import dev.sidereal.train.negatives.NormalText;
import dev.sidereal.train.negatives.QueryContext;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Drops candidates that contain an answer of the query as whole words; case and what is no letter or digit do not matter. Source: DPR, arXiv 2004.04906, section
 * 3.2: BM25 passages "which don't contain the answer".
 *
 * @param answers query id to its answers; a query without any keeps all
 */
public record AnswerString(Map<String, List<String>> answers) implements NegativeFilter {
    private static final Pattern NOT_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

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
                .map(AnswerString::words)
                .filter(answer -> !answer.isBlank())
                .toList();
        return Filtered.where(pool, c -> {
            String text = own.isEmpty() ? "" : words(c.text(context.corpus()));
            return own.stream().noneMatch(text::contains);
        });
    }

    /** {@return the words with one space before, between and after} */
    private static String words(String text) {
        return " " + NOT_WORD.matcher(NormalText.of(text)).replaceAll(" ").strip() + " ";
    }

    @Override
    public String toString() {
        return name() + "[" + new java.util.TreeMap<>(answers) + "]";
    }
}
