package dev.sidereal.bench;

import dev.sidereal.core.Progress;
import dev.sidereal.model.decode.BeamSearch;
import dev.sidereal.model.decode.BeamSettings;
import dev.sidereal.model.decode.BeamSettings.Normalisation;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.decode.TokenTrie;
import dev.sidereal.model.decode.TrieMask;
import dev.sidereal.model.decode.cpu.CpuDecoder;
import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Recommendation as decoding: 30 beams over the semantic IDs of 100,000 items, against a loop in PyTorch. */
final class BeamBenchmark implements Benchmark {
    private static final int ITEMS = 100_000;
    private static final int LEVELS = 4;
    private static final int CODES = 256;
    private static final int BEAMS = 30;
    private static final int HISTORY = 19;
    private static final int[] BATCHES = {1, 32};
    private static final double WARM_UP_SECONDS = 8;
    private static final double SECONDS = 6;
    private static final int PASSES = 3;
    private static final DecoderConfig MODEL =
            new DecoderConfig(256, 4, 4, 4, 64, 688, 1100, 128, 10_000, RopeScaling.NONE, 1e-6, false, false);

    /** One way to run ours; the first is compared. */
    private record Variant(String name, Precision precision, Normalisation normalisation) {}

    private static final List<Variant> VARIANTS = List.of(
            new Variant("bf16", Precision.BF16, Normalisation.VOCABULARY),
            new Variant("bf16, over legal tokens", Precision.BF16, Normalisation.LEGAL),
            new Variant("int8", Precision.INT8, Normalisation.VOCABULARY),
            new Variant("fp32", Precision.F32, Normalisation.VOCABULARY));

    @Override
    public String name() {
        return "beam";
    }

    @Override
    public String question() {
        return "How many users a second get 30 items decoded under a trie of 100,000, against a loop in PyTorch?";
    }

    @Override
    public BenchResult run(Progress progress) {
        Map<String, String> circumstances = Machine.circumstances();
        circumstances.put(
                "model", "4 layers, width 256, 4 heads of 64, SwiGLU 688, vocabulary 1,100, random weights, seed 1");
        circumstances.put("task", "prompt of " + HISTORY * LEVELS + " tokens, " + BEAMS + " beams, 4 x 256, 1 thread");
        circumstances.put(
                "peer",
                "PyTorch, fp32, softmax over the vocabulary, the prompt's keys and values shared by a user's beams; the"
                        + " faster of a run before and one after ours");
        circumstances.put("vs_pytorch", "bf16 over the vocabulary, the smaller of the two batches' ratios");
        Optional<String> python = PeerScript.pythonWithTorch();
        List<BenchResult.Row> rows = new ArrayList<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        try (Progress.Task task = progress.start("runs", VARIANTS.size() + 2)) {
            Optional<JsonNode> before = python.map(BeamBenchmark::peer);
            task.advance(1);
            for (Variant variant : VARIANTS) {
                rows.addAll(ours(variant));
                task.advance(1);
            }
            Optional<JsonNode> after = python.map(BeamBenchmark::peer);
            task.advance(1);
            if (before.isPresent() && after.isPresent()) {
                circumstances.put("pytorch", before.get().path("version").asString());
                compare(rows, before.get(), after.get(), ratios);
            }
        }
        List<String> missing = python.isPresent() ? List.of() : List.of(PeerScript.PYTORCH_MISSING);
        return new BenchResult(rows, ratios, missing, circumstances);
    }

    private static List<BenchResult.Row> ours(Variant variant) {
        Random random = new Random(5);
        List<int[]> items = items(random);
        TrieMask all = TokenTrie.of(items).all();
        List<BenchResult.Row> rows = new ArrayList<>();
        try (CpuDecoder decoder = CpuDecoder.open(MODEL, RandomWeights.of(MODEL, 1), variant.precision(), 1)) {
            BeamSearch search = new BeamSearch(decoder, new BeamSettings(BEAMS, variant.normalisation()));
            for (int batch : BATCHES) {
                List<List<Input>> prompts = prompts(random, items, batch);
                double[] times = Timing.interleaved(
                        List.of(call -> search.search(prompts, all)), calls(batch), PASSES, WARM_UP_SECONDS)[0];
                double median = Timing.quantile(times, .5);
                Map<String, Double> figures = new LinkedHashMap<>();
                figures.put("ms", median / batch);
                figures.put("users_s", 1000 * batch / median);
                figures.put("p95_ms", Timing.quantile(times, .95) / batch);
                rows.add(new BenchResult.Row("ours", variant.name() + ", batch " + batch, figures));
            }
        }
        return rows;
    }

    private static int calls(int batch) {
        return (int) Math.max(5, SECONDS * 60 / batch);
    }

    private static List<int[]> items(Random random) {
        Set<List<Integer>> seen = new HashSet<>();
        List<int[]> items = new ArrayList<>(ITEMS);
        while (items.size() < ITEMS) {
            int[] tokens = new int[LEVELS];
            List<Integer> key = new ArrayList<>(LEVELS);
            for (int level = 0; level < LEVELS; level++) {
                tokens[level] = CODES * level + random.nextInt(CODES);
                key.add(tokens[level]);
            }
            if (seen.add(key)) {
                items.add(tokens);
            }
        }
        return items;
    }

    private static List<List<Input>> prompts(Random random, List<int[]> items, int batch) {
        List<List<Input>> prompts = new ArrayList<>(batch);
        for (int user = 0; user < batch; user++) {
            int[] prompt = new int[HISTORY * LEVELS];
            for (int i = 0; i < HISTORY; i++) {
                System.arraycopy(items.get(random.nextInt(ITEMS)), 0, prompt, LEVELS * i, LEVELS);
            }
            prompts.add(List.of(Input.of(prompt)));
        }
        return prompts;
    }

    private static JsonNode peer(String python) {
        List<String> arguments = new ArrayList<>(List.of(
                Integer.toString(ITEMS),
                Integer.toString(BEAMS),
                Integer.toString(HISTORY * LEVELS),
                Double.toString(SECONDS)));
        for (int batch : BATCHES) {
            arguments.add(Integer.toString(batch));
        }
        return PeerScript.run(python, "beams_torch.py", arguments);
    }

    private static void compare(
            List<BenchResult.Row> rows, JsonNode before, JsonNode after, Map<String, Double> ratios) {
        double worst = Double.MAX_VALUE;
        for (int batch : BATCHES) {
            String key = "users_s_" + batch;
            double best = Math.max(before.path(key).asDouble(), after.path(key).asDouble());
            double slower =
                    Math.min(before.path(key).asDouble(), after.path(key).asDouble());
            rows.add(new BenchResult.Row(
                    "pytorch",
                    "fp32, batch " + batch,
                    Map.of("ms", 1000 / best, "users_s", best, "users_s_slower_run", slower)));
            for (Variant variant : VARIANTS) {
                double ratio = figure(rows, variant.name() + ", batch " + batch, "users_s") / best;
                if (variant.equals(VARIANTS.getFirst())) {
                    ratios.put("vs_pytorch_batch_" + batch, ratio);
                    worst = Math.min(worst, ratio);
                } else {
                    String name = variant.name().replaceAll("\\W+", "_");
                    ratios.put("vs_pytorch_batch_" + batch + "_" + name, ratio);
                }
            }
        }
        ratios.put("vs_pytorch", worst);
    }

    private static double figure(List<BenchResult.Row> rows, String variant, String name) {
        return rows.stream()
                .filter(row -> row.variant().equals(variant))
                .mapToDouble(row -> row.figures().getOrDefault(name, Double.NaN))
                .findFirst()
                .orElseThrow();
    }
}
