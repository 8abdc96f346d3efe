package dev.sidereal.bench;

import dev.sidereal.core.Progress;
import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.RandomWeights;
import dev.sidereal.model.decode.RopeScaling;
import dev.sidereal.model.decode.cpu.CpuDecoder;
import dev.sidereal.model.decode.cpu.CpuDecoder.Precision;
import dev.sidereal.model.weights.StoredType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A language model of the Qwen3-0.6B shape on one thread: reading a prompt and writing tokens, against llama.cpp. */
final class LmBenchmark implements Benchmark {
    private static final DecoderConfig MODEL =
            new DecoderConfig(1024, 28, 16, 8, 128, 3072, 151_936, 40_960, 1e6, RopeScaling.NONE, 1e-6, true, true);

    private static final int PROMPT = 128;
    private static final int GENERATED = 32;
    private static final int RUNS = 7;
    private static final int WARM_UP_RUNS = 5;
    private static final String PACKAGE = "node-llama-cpp";

    @Override
    public String name() {
        return "lm";
    }

    @Override
    public String question() {
        return "How many tokens a second does a Qwen3-0.6B read and write on one thread, against llama.cpp?";
    }

    @Override
    public BenchResult run(Progress progress) {
        Path peers = Path.of(System.getProperty("java.io.tmpdir")).resolve("sidereal-peers");
        Map<String, String> circumstances = Machine.circumstances();
        circumstances.put("model", "28 layers, width 1024, 16 heads and 8 key heads of 128, random BF16 weights");
        circumstances.put("task", PROMPT + " tokens read, " + GENERATED + " written greedily, 1 thread, medians");
        circumstances.put("peer", "llama.cpp, BF16, the faster of a run before and one after ours");
        circumstances.put("ratios", "of BF16; INT8 is not compared");
        Optional<Path> modules = PeerScript.nodeModules(peers, PACKAGE);
        List<BenchResult.Row> rows = new ArrayList<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        try (Progress.Task task = progress.start("runs", 4)) {
            Optional<JsonNode> before = modules.map(LmBenchmark::peer);
            task.advance(1);
            RandomWeights weights = RandomWeights.of(MODEL, 1, StoredType.BF16);
            rows.add(ours("bf16", weights, Precision.BF16));
            task.advance(1);
            rows.add(ours("int8", weights, Precision.INT8));
            task.advance(1);
            Optional<JsonNode> after = modules.map(LmBenchmark::peer);
            task.advance(1);
            if (before.isPresent() && after.isPresent()) {
                circumstances.put("llama.cpp", before.get().path("version").asString());
                compare(rows, before.get(), after.get(), ratios);
            }
        }
        List<String> missing = modules.isPresent()
                ? List.of()
                : List.of("llama.cpp: npm install --ignore-scripts --prefix " + peers + " " + PACKAGE
                        + "@3.22.1, or name a folder that has it in SIDEREAL_PEERS");
        return new BenchResult(rows, ratios, missing, circumstances);
    }

    private static BenchResult.Row ours(String variant, RandomWeights weights, Precision precision) {
        int[] prompt = new int[PROMPT];
        for (int i = 0; i < PROMPT; i++) {
            prompt[i] = (i * 7919 + 13) % 151_000;
        }
        double[] read = new double[RUNS];
        double[] written = new double[RUNS];
        try (CpuDecoder decoder = CpuDecoder.open(MODEL, weights, precision, 1)) {
            for (int run = -WARM_UP_RUNS; run < RUNS; run++) {
                try (DecodeSession session = decoder.open(PROMPT + GENERATED)) {
                    long start = System.nanoTime();
                    int node = session.feed(List.of(Branch.of(DecodeSession.ROOT, Input.of(prompt))))[0];
                    long promptEnd = System.nanoTime();
                    int token = 17;
                    for (int i = 0; i < GENERATED; i++) {
                        node = session.feed(List.of(Branch.of(node, Input.of(token))))[0];
                        token = best(session.logits(0, MODEL.vocabulary()));
                    }
                    if (run >= 0) {
                        read[run] = PROMPT / ((promptEnd - start) / 1e9);
                        written[run] = GENERATED / ((System.nanoTime() - promptEnd) / 1e9);
                    }
                }
            }
        }
        return row("ours", variant, median(read), median(written));
    }

    private static int best(float[] logits) {
        int best = 0;
        for (int i = 1; i < logits.length; i++) {
            best = logits[i] > logits[best] ? i : best;
        }
        return best;
    }

    private static JsonNode peer(Path modules) {
        Path file = modules.resolveSibling("qwen3-0.6b-random-bf16.gguf");
        return PeerScript.run(
                "node",
                "llama_cpp.mjs",
                List.of(
                        modules.toString(),
                        file.toString(),
                        "1",
                        Integer.toString(PROMPT),
                        Integer.toString(GENERATED),
                        Integer.toString(RUNS)));
    }

    private static void compare(
            List<BenchResult.Row> rows, JsonNode before, JsonNode after, Map<String, Double> ratios) {
        String prompt = "prompt_tokens_s";
        String decode = "decode_tokens_s";
        double read =
                Math.max(before.path(prompt).asDouble(), after.path(prompt).asDouble());
        double written =
                Math.max(before.path(decode).asDouble(), after.path(decode).asDouble());
        Map<String, Double> ours = rows.getFirst().figures();
        rows.add(row("llama.cpp", "bf16", read, written));
        ratios.put("prompt_vs_llama.cpp", ours.getOrDefault(prompt, Double.NaN) / read);
        ratios.put("decode_vs_llama.cpp", ours.getOrDefault(decode, Double.NaN) / written);
    }

    private static BenchResult.Row row(String subject, String variant, double read, double written) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("ms", 1000 / written);
        figures.put("prompt_tokens_s", read);
        figures.put("decode_tokens_s", written);
        return new BenchResult.Row(subject, variant, figures);
    }

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}
