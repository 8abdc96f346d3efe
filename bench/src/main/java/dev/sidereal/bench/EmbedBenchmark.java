package dev.sidereal.bench;

import dev.sidereal.core.Progress;
import dev.sidereal.model.EncodingBenchmark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Encoding of documents against bare ONNX Runtime on the same token batches, and of single queries. */
final class EmbedBenchmark implements Benchmark {
    /** The default one first: its ratio is the benchmark's. */
    private static final List<String> ENCODERS = List.of("bge-small", "minilm-q", "minilm", "bge-small-q");

    private static final int TEXTS = 80;
    private static final int REPEATS = 5;

    @Override
    public String name() {
        return "embed";
    }

    @Override
    public String question() {
        return "How fast are texts encoded, tokenizing and pooling included, against ONNX Runtime alone?";
    }

    @Override
    public BenchResult run(Progress progress) {
        List<String> texts = some(SampleTexts.methods(), TEXTS);
        Map<String, String> circumstances = Machine.circumstances();
        circumstances.put("texts", texts.size() + " Java methods of samples/java-code-search, evenly chosen");
        circumstances.put(
                "peer", "a second session of the same file on the same batches, tokenized before, not pooled");
        circumstances.put("vs_onnxruntime", ENCODERS.getFirst() + ", the default encoder; median over rounds in turn");
        circumstances.put("query_ms", "one query of eight words alone, median of 200");
        List<BenchResult.Row> rows = new ArrayList<>();
        Map<String, Double> ratios = new LinkedHashMap<>();
        try (Progress.Task task = progress.start("encoders", ENCODERS.size())) {
            for (String encoder : ENCODERS) {
                EncodingBenchmark.Figures figures = EncodingBenchmark.run(encoder, texts, REPEATS);
                rows.add(row("ours", figures, figures.oursTextsPerSecond()));
                rows.add(row("onnxruntime", figures, figures.onnxruntimeTextsPerSecond()));
                ratios.put(ratios.isEmpty() ? "vs_onnxruntime" : "vs_onnxruntime_" + encoder, figures.vsOnnxruntime());
                task.advance(1);
            }
        }
        return new BenchResult(rows, ratios, List.of(), circumstances);
    }

    private static BenchResult.Row row(String subject, EncodingBenchmark.Figures figures, double textsPerSecond) {
        Map<String, Double> columns = new LinkedHashMap<>();
        columns.put("ms", 1000 / textsPerSecond);
        columns.put("texts_s", textsPerSecond);
        columns.put("tokens_s", textsPerSecond * figures.tokens() / figures.texts());
        if (subject.equals("ours")) {
            columns.put("query_ms", figures.queryMillis());
        }
        return new BenchResult.Row(subject, figures.encoder(), columns);
    }

    private static List<String> some(List<String> all, int wanted) {
        int stride = Math.max(1, all.size() / wanted);
        List<String> some = new ArrayList<>();
        for (int i = 0; i < all.size() && some.size() < wanted; i += stride) {
            some.add(all.get(i));
        }
        return some;
    }
}
