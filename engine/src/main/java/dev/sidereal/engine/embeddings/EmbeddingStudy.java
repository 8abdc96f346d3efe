package dev.sidereal.engine.embeddings;

import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.eval.report.LineChart;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures encoders on tasks, with whole vectors and with their first dimensions scaled to unit length. Each text is encoded
 * once; vectors of a task lie in the heap. Documents come from the cache where it has them.
 *
 * @param encoders names, folders or addresses
 * @param tasks at least one
 * @param dims how many of the first dimensions, besides all; those that an encoder does not have are left out
 */
public record EmbeddingStudy(List<String> encoders, List<EmbeddingTask> tasks, List<Integer> dims) {
    private static final int BATCH = 256;

    /** @throws BadConfig if there is no encoder or task, or a number of dimensions is below 1 */
    public EmbeddingStudy {
        encoders = List.copyOf(encoders);
        tasks = List.copyOf(tasks);
        dims = List.copyOf(dims);
        if (encoders.isEmpty() || tasks.isEmpty()) {
            throw new BadConfig(
                    "an evaluation of embeddings needs an encoder and a task: sts, retrieval, bitext or" + " clusters");
        }
        if (dims.stream().anyMatch(d -> d < 1)) {
            throw new BadConfig("dims must be at least 1, got " + dims);
        }
    }

    /**
     * What was found.
     *
     * @param rows one an encoder, task and number of dimensions: {@code system task data dims}, the measures, {@code kept}
     *     (share of the whole vectors' main measure)
     * @param circumstances how the figures came about
     * @param curves encoder and task to dims to {@code kept}
     * @param runs encoder to what it found, by the data's name, with whole vectors
     */
    public record Result(
            List<Map<String, Object>> rows,
            Map<String, String> circumstances,
            Map<String, SortedMap<Integer, Double>> curves,
            Map<String, SortedMap<String, StudyRun>> runs) {
        /** {@return the curves as a picture} */
        public LineChart chart() {
            return new LineChart("Quality kept by the first dimensions", "dimensions", "share of all", curves);
        }
    }

    /** Runs the study. */
    public Result run(Progress progress) {
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, String> circumstances = new LinkedHashMap<>();
        Map<String, SortedMap<Integer, Double>> curves = new LinkedHashMap<>();
        Map<String, SortedMap<String, StudyRun>> runs = new LinkedHashMap<>();
        tasks.forEach(task -> circumstances.put(task.name() + " " + task.data(), task.hash()));
        for (String spec : encoders) {
            try (OpenEncoder encoder = OpenEncoder.of(spec)) {
                EncoderCard card = encoder.card();
                circumstances.put("encoder " + spec, card.fingerprint());
                circumstances.put("encoder_max_tokens " + spec, Integer.toString(card.maxTokens()));
                for (EmbeddingTask task : tasks) {
                    SortedMap<Integer, Double> curve = new TreeMap<>();
                    rows.addAll(measure(
                            spec, encoder, task, curve, runs.computeIfAbsent(spec, _ -> new TreeMap<>()), progress));
                    curves.put(spec + ", " + task.name() + " " + task.data(), curve);
                }
            }
        }
        circumstances.put("kernels", Vectors.kernels());
        circumstances.put("java", Runtime.version().toString());
        return new Result(rows, circumstances, curves, runs);
    }

    private List<Map<String, Object>> measure(
            String spec,
            OpenEncoder encoder,
            EmbeddingTask task,
            SortedMap<Integer, Double> curve,
            SortedMap<String, StudyRun> runs,
            Progress progress) {
        List<float[][]> vectors = new ArrayList<>();
        for (EmbeddingTask.Side side : task.sides()) {
            vectors.add(encode(encoder, side, progress));
        }
        int all = encoder.card().dims();
        List<Integer> wanted = new ArrayList<>(List.of(all));
        dims.stream()
                .filter(d -> d < all)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .forEach(wanted::add);
        List<Map<String, Object>> rows = new ArrayList<>();
        double whole = 0;
        for (int d : wanted) {
            EmbeddingTask.Finding finding =
                    task.measure(vectors.stream().map(side -> prefix(side, d)).toList());
            StudyRun run = finding.run();
            if (run != null && d == all) {
                runs.put(task.data(), run.by(encoder.card()));
            }
            double main = finding.measures().getOrDefault(task.main(), 0.0);
            whole = d == all ? main : whole;
            double kept = whole == 0 ? 0 : main / whole;
            curve.put(d, kept);
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("system", spec);
            row.put("task", task.name());
            row.put("data", task.data());
            row.put("dims", d);
            row.putAll(finding.measures());
            row.put("kept", kept);
            rows.add(row);
        }
        return rows;
    }

    private static float[][] encode(OpenEncoder encoder, EmbeddingTask.Side side, Progress progress) {
        List<String> texts = side.texts();
        float[][] vectors = new float[texts.size()][];
        try (Progress.Task task = progress.start("encoding", texts.size())) {
            for (int from = 0; from < vectors.length; from += BATCH) {
                float[][] batch = encoder.encode(
                                side.role(), texts.subList(from, Math.min(from + BATCH, vectors.length)))
                        .vectors();
                System.arraycopy(batch, 0, vectors, from, batch.length);
                task.advance(batch.length);
            }
        }
        return vectors;
    }

    /** {@return the first dimensions of each vector, scaled to unit length} */
    static float[][] prefix(float[][] vectors, int dims) {
        float[][] cut = new float[vectors.length][];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = Arrays.copyOf(vectors[i], dims);
            Vectors.normalise(cut[i]);
        }
        return cut;
    }
}
