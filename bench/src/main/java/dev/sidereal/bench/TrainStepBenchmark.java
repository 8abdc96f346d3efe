package dev.sidereal.bench;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.Progress;
import dev.sidereal.engine.Scratch;
import dev.sidereal.model.Pooling;
import dev.sidereal.model.encoder.Activation;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.train.Course;
import dev.sidereal.train.Embedder;
import dev.sidereal.train.Trainer;
import dev.sidereal.train.TrainerSettings;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loss.InfoNce;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;

/** A step of the trainer on an encoder of bge-small's shape, one thread, against PyTorch from Python. */
final class TrainStepBenchmark implements Benchmark {
    private static final int TEXTS = 32;
    private static final int TOKENS = 128;
    private static final int WARM_UP = 3;
    private static final int STEPS = 9;
    private static final BertConfig MODEL =
            new BertConfig(BertConfig.Family.BERT, 30_522, 384, 12, 12, 1536, 512, 2, 1e-12, Activation.GELU, 0, 0, 0);

    @Override
    public String name() {
        return "train-step";
    }

    @Override
    public String question() {
        return "How long is a training step of a small encoder, against PyTorch from Python?";
    }

    @Override
    public BenchResult run(Progress progress) {
        Map<String, String> circumstances = Machine.circumstances();
        circumstances.put(
                "model", "12 layers, width 384, 12 heads, inner width 1,536, vocabulary 30,522, random, seed 1");
        circumstances.put(
                "task",
                TEXTS + " texts of " + TOKENS + " tokens, half of them queries, in-batch negatives, AdamW, clipping,"
                        + " no dropout, 1 thread");
        circumstances.put("peer", "PyTorch, the faster of a run before and one after ours, the same precision");
        Optional<String> python = PeerScript.pythonWithTorch();
        List<BenchResult.Row> rows = new ArrayList<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        try (Progress.Task task = progress.start("runs", 3)) {
            Optional<JsonNode> before = python.map(TrainStepBenchmark::peer);
            task.advance(1);
            double[] times = ours(rows);
            task.advance(1);
            Optional<JsonNode> after = python.map(TrainStepBenchmark::peer);
            task.advance(1);
            if (before.isPresent() && after.isPresent()) {
                circumstances.put("pytorch", before.get().path("version").asString());
                boolean firstWasFaster = before.get().path("ms").asDouble()
                        < after.get().path("ms").asDouble();
                JsonNode best = firstWasFaster ? before.get() : after.get();
                JsonNode other = firstWasFaster ? after.get() : before.get();
                Map<String, Double> figures = new LinkedHashMap<>();
                figures.put("ms", best.path("ms").asDouble());
                figures.put("ms_slower_run", other.path("ms").asDouble());
                figures.put("fastest_ms", best.path("fastest_ms").asDouble());
                figures.put("peak_mb", best.path("peak_mb").asDouble());
                rows.add(new BenchResult.Row("pytorch", "bf16", figures));
                ratios.put("vs_pytorch", best.path("ms").asDouble() / Timing.quantile(times, .5));
            }
        }
        List<String> missing = python.isPresent() ? List.of() : List.of(PeerScript.PYTORCH_MISSING);
        return new BenchResult(rows, ratios, missing, circumstances);
    }

    private static double[] ours(List<BenchResult.Row> rows) {
        Torch.threads(1);
        Torch.seed(1);
        double[] times = new double[STEPS];
        long[] memory = new long[2];
        try (Scratch scratch = Scratch.in(null);
                Bert model = Bert.random(MODEL, Device.CPU)) {
            TrainerSettings settings = TrainerSettings.of(WARM_UP + STEPS, 2e-5);
            Schedule.Settings batches = new Schedule.Settings(TEXTS / 2, 0, 1, 1);
            Trainer trainer = Trainer.of(
                    new RandomTokens(model, new HashMap<>()),
                    List.of(new Course(pairs(), InfoNce.inBatch(0.05))),
                    batches,
                    settings);
            long[] last = {System.nanoTime()};
            trainer.train(scratch.path().resolve("run"), report -> {
                int step = (int) report.step() - 1 - WARM_UP;
                memory[step < 0 ? 0 : 1] = report.memory().orElse(0);
                if (step >= 0) {
                    times[step] = (System.nanoTime() - last[0]) / 1e6;
                }
                last[0] = System.nanoTime();
            });
        }
        Arrays.sort(times);
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("ms", Timing.quantile(times, .5));
        figures.put("fastest_ms", times[0]);
        figures.put("tokens_s", 1000.0 * TEXTS * TOKENS / Timing.quantile(times, .5));
        figures.put("resident_mb_after_warm_up", memory[0] / 1048576.0);
        figures.put("resident_mb_at_end", memory[1] / 1048576.0);
        rows.add(new BenchResult.Row("ours", "bf16", figures));
        return times;
    }

    private static Dataset pairs() {
        List<Example> examples = IntStream.range(0, (WARM_UP + STEPS) * TEXTS / 2)
                .mapToObj(i -> new Example(
                        Text.of("query " + i),
                        List.of(Text.of("document " + i)),
                        List.of(),
                        List.of(),
                        "",
                        "pair " + i))
                .toList();
        return new Dataset("random tokens", true, examples);
    }

    private static JsonNode peer(String python) {
        return PeerScript.run(
                python,
                "train_step_torch.py",
                List.of(Integer.toString(TEXTS), Integer.toString(TOKENS), Integer.toString(STEPS), "bf16"));
    }

    /** An encoder that reads random tokens, always as many, in the place of each text. */
    private record RandomTokens(Bert model, Map<String, long[]> read) implements Embedder {
        @Override
        public TokenBatch tokenize(Role role, List<String> texts) {
            List<long[]> tokens = texts.stream()
                    .map(text -> read.computeIfAbsent(
                            text,
                            key -> new Random(key.hashCode())
                                    .longs(TOKENS, 1000, MODEL.vocabulary())
                                    .toArray()))
                    .toList();
            return TokenBatch.of(tokens, MODEL.padToken(), model.device());
        }

        @Override
        public Tensor embed(TokenBatch batch) {
            return batch.pool(Pooling.CLS, model.states(batch).getLast());
        }

        @Override
        public Parameters parameters() {
            return model.parameters();
        }

        @Override
        public Device device() {
            return model.device();
        }
    }
}
