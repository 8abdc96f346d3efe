package dev.sidereal.engine.embeddings;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.TabTable;
import dev.sidereal.eval.embedding.BitextMatches;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether a sentence's translation is the nearest of its language: the mean over languages of {@link BitextMatches}, by
 * cosine and by ratio margin.
 *
 * @param data name of the file
 * @param languages language to its pairs of texts
 */
public record BitextTask(String data, Map<String, Pairs> languages) implements EmbeddingTask {
    private static final List<List<String>> COLUMNS =
            List.of(List.of("text", "english"), List.of("sentence1", "sentence2"), List.of("source", "target"));
    private static final String LANGUAGE = "lang";

    /** Texts and their translations, in the same order. */
    public record Pairs(List<String> left, List<String> right) {}

    /**
     * {@return the task of a table with the columns {@code text} and {@code english}, {@code sentence1} and {@code
     * sentence2}, or {@code source} and {@code target}, and {@code lang} if it holds several languages}
     *
     * @param only languages to measure on; empty for all
     * @throws BadInput if the columns are missing, or a language is not in the file
     */
    public static BitextTask open(Path file, List<String> only) {
        Map<String, Pairs> languages = new LinkedHashMap<>();
        try (TabTable table = TabTable.open(file)) {
            List<String> names = COLUMNS.stream()
                    .filter(pair -> pair.stream().allMatch(table::has))
                    .findFirst()
                    .orElseThrow(() -> new BadInput(file + " has no two columns of texts; expected text and english, or"
                            + " sentence1 and sentence2, or source and target"));
            int left = table.column(names.get(0));
            int right = table.column(names.get(1));
            int language = table.has(LANGUAGE) ? table.column(LANGUAGE) : -1;
            if (language < 0 && !only.isEmpty()) {
                throw new BadInput(file + " has no column 'lang'; leave the languages out");
            }
            for (List<String> cells = table.next(); cells != null; cells = table.next()) {
                String its = language < 0 ? "" : cells.get(language);
                if (only.isEmpty() || only.contains(its)) {
                    Pairs pairs = languages.computeIfAbsent(its, _ -> new Pairs(new ArrayList<>(), new ArrayList<>()));
                    pairs.left().add(cells.get(left));
                    pairs.right().add(cells.get(right));
                }
            }
        }
        for (String asked : only) {
            if (!languages.containsKey(asked)) {
                throw new BadInput(file + " has no pair in the language '" + asked + "'");
            }
        }
        if (languages.isEmpty()) {
            throw new BadInput(file + " has no pairs");
        }
        return new BitextTask(String.valueOf(file.getFileName()), languages);
    }

    @Override
    public String name() {
        return "bitext";
    }

    @Override
    public String hash() {
        ContentHash hash = new ContentHash();
        sides().forEach(side -> side.texts().forEach(hash::add));
        return hash.hex();
    }

    @Override
    public String main() {
        return "accuracy";
    }

    @Override
    public List<Side> sides() {
        List<Side> sides = new ArrayList<>();
        languages.values().forEach(pairs -> {
            sides.add(new Side(Role.DOCUMENT, pairs.left()));
            sides.add(new Side(Role.DOCUMENT, pairs.right()));
        });
        return sides;
    }

    @Override
    public Finding measure(List<float[][]> vectors) {
        Map<String, Double> values = new LinkedHashMap<>();
        int n = languages.size();
        for (int i = 0; i < n; i++) {
            float[][] left = vectors.get(2 * i);
            float[][] right = vectors.get(2 * i + 1);
            BitextMatches cosine = BitextMatches.of(left, right);
            BitextMatches margin = BitextMatches.byMargin(left, right, BitextMatches.NEIGHBOURS);
            values.merge("accuracy", cosine.accuracy() / n, Double::sum);
            values.merge("accuracy_forward", cosine.forward() / n, Double::sum);
            values.merge("f1", cosine.f1() / n, Double::sum);
            values.merge("margin_accuracy", margin.accuracy() / n, Double::sum);
            values.merge("margin_f1", margin.f1() / n, Double::sum);
        }
        return Finding.of(values);
    }
}
