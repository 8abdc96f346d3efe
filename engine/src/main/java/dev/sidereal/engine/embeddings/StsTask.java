package dev.sidereal.engine.embeddings;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.artifact.ContentHash;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.StsSpearman;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Dataset.PairColumns;
import dev.sidereal.train.data.Example;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Whether cosines of pairs rank as people's scores do: Spearman's correlation times 100. */
public record StsTask(Dataset pairs) implements EmbeddingTask {
    /**
     * {@return the task of a table with the columns {@code sentence1}, {@code sentence2} and {@code score}}
     *
     * @throws dev.sidereal.core.error.BadInput if a column is missing or a cell does not fit
     */
    public static StsTask open(Path file) {
        return new StsTask(Dataset.pairs(file, PairColumns.STS));
    }

    @Override
    public String name() {
        return "sts";
    }

    @Override
    public String data() {
        return pairs.name();
    }

    @Override
    public String hash() {
        ContentHash hash = new ContentHash();
        for (Example pair : pairs.examples()) {
            hash.add(pair.query().text()).add(pair.positives().getFirst().text());
            hash.add(Double.toString(pair.scores().getFirst()));
        }
        return hash.hex();
    }

    @Override
    public String main() {
        return "spearman";
    }

    @Override
    public List<Side> sides() {
        // Neither side of a pair asks the other.
        return List.of(
                new Side(
                        Role.DOCUMENT,
                        pairs.examples().stream().map(e -> e.query().text()).toList()),
                new Side(
                        Role.DOCUMENT,
                        pairs.examples().stream()
                                .map(e -> e.positives().getFirst().text())
                                .toList()));
    }

    @Override
    public Finding measure(List<float[][]> vectors) {
        int n = pairs.examples().size();
        double[] cosines = new double[n];
        double[] scores = new double[n];
        for (int i = 0; i < n; i++) {
            cosines[i] = Vectors.dot(vectors.get(0)[i], vectors.get(1)[i]);
            scores[i] = pairs.examples().get(i).scores().getFirst();
        }
        return Finding.of(Map.of("spearman", 100 * StsSpearman.correlation(cosines, scores)));
    }
}
