package dev.sidereal.engine.embeddings;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import dev.sidereal.core.format.TabTable;
import dev.sidereal.eval.embedding.VMeasure;
import dev.sidereal.train.negatives.corpus.Clusters;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Whether k-means finds classes again, with as many clusters as there are classes: the mean of {@link VMeasure} over three
 * seeds.
 *
 * @param data name of the file
 * @param texts each of a class
 * @param labels its class
 */
public record ClusterTask(String data, List<String> texts, List<String> labels) implements EmbeddingTask {
    private static final int SEEDS = 3;

    /**
     * {@return the task of JSON lines with the keys {@code text} and {@code label}, or of a table parted by tabs with
     * columns of these names}
     *
     * @throws BadInput if a key or column is missing, or there are not two classes
     */
    public static ClusterTask open(Path file) {
        List<String> texts = new ArrayList<>();
        List<String> labels = new ArrayList<>();
        String name = String.valueOf(file.getFileName());
        if (name.replace(".gz", "").endsWith(".jsonl")) {
            readLines(file, texts, labels);
        } else {
            readTable(file, texts, labels);
        }
        long classes = labels.stream().distinct().count();
        if (classes < 2) {
            throw new BadInput(file + " has " + classes + " classes; clusters need at least two");
        }
        return new ClusterTask(name, texts, labels);
    }

    private static void readLines(Path file, List<String> texts, List<String> labels) {
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                texts.add(row.text("text"));
                labels.add(row.text("label"));
            }
        }
    }

    private static void readTable(Path file, List<String> texts, List<String> labels) {
        try (TabTable table = TabTable.open(file)) {
            int text = table.column("text");
            int label = table.column("label");
            for (List<String> cells = table.next(); cells != null; cells = table.next()) {
                texts.add(cells.get(text));
                labels.add(cells.get(label));
            }
        }
    }

    @Override
    public String name() {
        return "clusters";
    }

    @Override
    public String hash() {
        ContentHash hash = new ContentHash();
        texts.forEach(hash::add);
        labels.forEach(hash::add);
        return hash.hex();
    }

    @Override
    public String main() {
        return "v_measure";
    }

    @Override
    public List<Side> sides() {
        return List.of(new Side(Role.DOCUMENT, texts));
    }

    @Override
    public Finding measure(List<float[][]> vectors) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        labels.forEach(label -> numbers.putIfAbsent(label, numbers.size()));
        int[] classes = labels.stream().mapToInt(numbers::get).toArray();
        HeapVectors points = new HeapVectors(vectors.getFirst());
        double value = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            Clusters clusters = Clusters.fit(points, numbers.size(), seed);
            int[] assigned = new int[classes.length];
            for (int i = 0; i < assigned.length; i++) {
                assigned[i] = clusters.of(i);
            }
            value += VMeasure.of(classes, assigned).value() / SEEDS;
        }
        return Finding.of(Map.of("v_measure", value));
    }
}
