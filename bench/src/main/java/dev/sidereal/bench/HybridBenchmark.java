package dev.sidereal.bench;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.engine.IndexBuild;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.engine.Scratch;
import dev.sidereal.search.Blend;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** What a search costs beside encoding its query, leg by leg and fused, against the same three written by hand on Lucene. */
final class HybridBenchmark implements Benchmark {
    private static final String ENCODER = "minilm-q";
    private static final int PASSAGES = 10_000;
    private static final int QUESTIONS = 300;
    private static final int PASSES = 5;
    private static final double WARM_UP_SECONDS = 6;
    private static final int K = 10;

    @Override
    public String name() {
        return "hybrid";
    }

    @Override
    public String question() {
        return "What does hybrid search cost beside encoding the query, against Lucene with fusion by hand?";
    }

    @Override
    public BenchResult run(Progress progress) {
        Map<String, String> circumstances = Machine.circumstances();
        List<String> passages = SampleTexts.passages(PASSAGES);
        List<String> questions = SampleTexts.questions().subList(0, QUESTIONS);
        circumstances.put("items", passages.size() + " Java methods and pieces of Python's documentation");
        circumstances.put("questions", questions.size() + " first sentences of Javadoc");
        circumstances.put("encoder", ENCODER + "; vectors of queries are known beforehand, except in 'encoding'");
        circumstances.put("ours", "as shipped: rights checked, every candidate scored by both legs, ids");
        circumstances.put(
                "lucene",
                "BM25 of any word and graph search, 100 documents each, reciprocal rank fusion, ids; one segment");
        try (Scratch scratch = Scratch.in(null);
                OpenEncoder encoder = OpenEncoder.of(ENCODER)) {
            KnownVectors known = KnownVectors.of(encoder, List.of(), questions);
            Path folder = scratch.path().resolve("ours");
            IndexSettings settings = IndexSettings.hybrid(encoder.card());
            CatalogueIndex.create(folder, settings);
            try (CatalogueIndex index = CatalogueIndex.openForWriting(folder, known)) {
                List<Item> items = items(passages);
                new IndexBuild(index, progress).run(items.stream(), items.size());
                index.writer().compact();
                index.refresh();
                try (LuceneHybrid lucene = new LuceneHybrid(
                        settings, passages, known, scratch.path().resolve("lucene"))) {
                    return result(time(index, lucene, encoder, questions), circumstances);
                }
            }
        }
    }

    private static List<Item> items(List<String> passages) {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < passages.size(); i++) {
            items.add(Item.of(Integer.toString(i), "", passages.get(i)));
        }
        return items;
    }

    private static Map<String, double[]> time(
            CatalogueIndex index, LuceneHybrid lucene, Encoder encoder, List<String> questions) {
        Map<String, IntConsumer> subjects = new LinkedHashMap<>();
        subjects.put("ours_hybrid", call -> search(index, questions.get(call), Blend.of(index.legs(), index.fusion())));
        subjects.put("ours_bm25", call -> search(index, questions.get(call), Blend.only("bm25")));
        subjects.put("ours_dense", call -> search(index, questions.get(call), Blend.only("dense")));
        subjects.put("lucene_hybrid", call -> lucene.hybrid(questions.get(call), K));
        subjects.put("lucene_bm25", call -> lucene.words(questions.get(call), K));
        subjects.put("lucene_dense", call -> lucene.nearest(questions.get(call), K));
        subjects.put("encoding", call -> encoder.encode(Encoder.Role.QUERY, List.of(questions.get(call))));
        double[][] times =
                Timing.interleaved(List.copyOf(subjects.values()), questions.size(), PASSES, WARM_UP_SECONDS);
        Map<String, double[]> named = new LinkedHashMap<>();
        subjects.keySet().forEach(subject -> named.put(subject, times[named.size()]));
        return named;
    }

    private static void search(CatalogueIndex index, String question, Blend blend) {
        try (IndexSnapshot snapshot = index.snapshot(Principal.anyone())) {
            if (snapshot.search(question, K, Filter.all(), blend).isEmpty()) {
                throw new IllegalStateException("nothing was found for: " + question);
            }
        }
    }

    private static BenchResult result(Map<String, double[]> times, Map<String, String> circumstances) {
        List<BenchResult.Row> rows = new ArrayList<>();
        times.forEach((subject, ms) -> {
            Map<String, Double> figures = new LinkedHashMap<>();
            figures.put("ms", Timing.quantile(ms, .5));
            figures.put("p50_ms", Timing.quantile(ms, .5));
            figures.put("p95_ms", Timing.quantile(ms, .95));
            rows.add(new BenchResult.Row(subject, "", figures));
        });
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("vs_lucene", ratio(times, "hybrid"));
        ratios.put("vs_lucene_bm25", ratio(times, "bm25"));
        ratios.put("vs_lucene_dense", ratio(times, "dense"));
        return new BenchResult(rows, ratios, List.of(), circumstances);
    }

    private static double ratio(Map<String, double[]> times, String system) {
        return median(times, "lucene_" + system) / median(times, "ours_" + system);
    }

    private static double median(Map<String, double[]> times, String subject) {
        double[] ms = times.get(subject);
        if (ms == null) {
            throw new IllegalStateException(subject + " was not timed");
        }
        return Timing.quantile(ms, .5);
    }
}
