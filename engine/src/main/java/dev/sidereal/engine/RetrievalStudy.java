package dev.sidereal.engine;

import dev.sidereal.core.Progress;
import dev.sidereal.core.Query;
import dev.sidereal.core.format.RetrievalData;
import dev.sidereal.engine.embeddings.StudyRun;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Evaluation;
import dev.sidereal.eval.Measured;
import dev.sidereal.eval.RetrievalEvaluation;
import dev.sidereal.eval.SystemResult;
import dev.sidereal.eval.measure.Aggregate;
import dev.sidereal.eval.measure.Measures;
import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Interval;
import dev.sidereal.search.CalibratedSum;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates systems on a data folder: builds an index for each set of legs, runs all judged queries, measures, times,
 * and writes runs and a report if asked. Every system has an index of its own legs, so that its size and build time are
 * its own.
 */
public final class RetrievalStudy {
    private final StudySettings settings;
    private final Progress progress;

    /** @param progress where building and running report */
    public RetrievalStudy(StudySettings settings, Progress progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /**
     * What was found.
     *
     * @param rows one a system: {@code system}, the measures, {@code p50_ms p95_ms build_s index_bytes}
     * @param circumstances how the figures came about
     * @param warnings what to know before trusting them, one sentence each
     * @param evaluations one a system, query by query
     * @param queries those that were run
     */
    public record Result(
            List<Map<String, Object>> rows,
            Map<String, String> circumstances,
            List<String> warnings,
            List<Evaluation> evaluations,
            List<Query> queries) {
        private static final Bootstrap BOOTSTRAP = new Bootstrap(10_000, 0.95, 42);

        public Result {
            rows = List.copyOf(rows);
            warnings = List.copyOf(warnings);
            evaluations = List.copyOf(evaluations);
            queries = List.copyOf(queries);
        }

        /** {@return system to query id to measure to value} */
        public Map<String, Map<String, Map<String, Double>>> perQuery() {
            Map<String, Map<String, Map<String, Double>>> all = new LinkedHashMap<>();
            for (Evaluation evaluation : evaluations) {
                Map<String, Map<String, Double>> byQuery = new LinkedHashMap<>();
                evaluation
                        .measures()
                        .forEach(measured -> measured.perQuery()
                                .forEach((query, value) -> byQuery.computeIfAbsent(query, id -> new LinkedHashMap<>())
                                        .put(measured.name(), value)));
                all.put(evaluation.system(), byQuery);
            }
            return all;
        }

        /** {@return system to measure to its bootstrap interval of 95 %; costs a second for a thousand queries} */
        public Map<String, Map<String, Interval>> intervals() {
            Map<String, Map<String, Interval>> all = new LinkedHashMap<>();
            for (Evaluation evaluation : evaluations) {
                Map<String, Interval> byMeasure = new LinkedHashMap<>();
                for (Measured measured : evaluation.measures()) {
                    if (measured.measure().aggregate() == Aggregate.MEAN) {
                        double[] values = measured.perQuery().values().stream()
                                .mapToDouble(Double::doubleValue)
                                .toArray();
                        byMeasure.put(measured.name(), BOOTSTRAP.ofMean(values));
                    }
                }
                all.put(evaluation.system(), byMeasure);
            }
            return all;
        }
    }

    /** What a build took. */
    private record Built(double seconds, long bytes) {}

    /** Runs the study. Costs an encoding of the corpus unless the cache has it. */
    public Result run() {
        RetrievalData data = RetrievalData.open(settings.data(), settings.split());
        boolean encodes = settings.systems().stream().anyMatch(SearchSystem::needsEncoder);
        try (Scratch scratch = Scratch.in(settings.workspace());
                Encoding encoding = encodes ? new Encoding(OpenEncoder.of(settings.encoder())) : new Encoding(null)) {
            return run(data, scratch.path(), encoding.encoder());
        }
    }

    /** Closes an encoder if there is one. */
    private record Encoding(@Nullable OpenEncoder encoder) implements AutoCloseable {
        @Override
        public void close() {
            if (encoder != null) {
                encoder.close();
            }
        }
    }

    private Result run(RetrievalData data, Path folder, @Nullable OpenEncoder encoder) {
        RetrievalEvaluation evaluation = RetrievalEvaluation.of(
                        data.queries(), data.qrels(), Measures.parse(settings.measures()))
                .withDepth(settings.depth());
        Map<String, String> shared = circumstances(data, encoder);
        List<Map<String, Object>> rows = new ArrayList<>();
        List<SystemResult> results = new ArrayList<>();
        List<String> warnings = new ArrayList<>(data.warnings());
        for (SearchSystem system : settings.systems()) {
            Path index = folder.resolve(system.label());
            Built built = build(system, index, data, encoder);
            SystemResult result = measure(system, index, evaluation, encoder);
            Map<String, Object> row = new LinkedHashMap<>(result.row());
            results.add(result);
            row.put("build_s", built.seconds());
            row.put("index_bytes", built.bytes());
            rows.add(row);
            result.evaluation().caveats().forEach(c -> warnings.add(system.label() + ": " + c.sentence()));
            Path runs = settings.runs();
            if (runs != null) {
                new StudyRun(result.run(), Circumstances.of(shared))
                        .write(runs.resolve(result.run().name() + ".trec"));
            }
        }
        if (encoder != null) {
            OpenEncoder.Cost cost = encoder.cost();
            shared.put("passages_encoded", Long.toString(cost.texts() - cost.fromCache()));
            shared.put("passages_from_cache", Long.toString(cost.fromCache()));
            shared.put("passages_truncated", Long.toString(cost.truncated()));
        }
        Path report = settings.report();
        if (report != null) {
            new StudyReport(data, results, shared).write(report, settings.measures());
        }
        List<Evaluation> evaluations =
                results.stream().map(SystemResult::evaluation).toList();
        return new Result(rows, shared, warnings, evaluations, data.queries());
    }

    private Built build(SearchSystem system, Path folder, RetrievalData data, @Nullable OpenEncoder encoder) {
        long start = System.nanoTime();
        IndexSettings wanted = indexSettings(system, encoder);
        if (!Files.exists(folder)) {
            CatalogueIndex.create(folder, wanted);
        }
        try (CatalogueIndex index = open(folder, encoder, system, true)) {
            new IndexBuild(index, progress).run(data.items(), data.size());
            index.writer().compact();
        }
        return new Built((System.nanoTime() - start) / 1e9, Scratch.bytes(folder));
    }

    private IndexSettings indexSettings(SearchSystem system, @Nullable OpenEncoder encoder) {
        IndexSettings words = IndexSettings.words().withLanguage(settings.language());
        if (encoder == null || !system.needsEncoder()) {
            return words;
        }
        IndexSettings both = words.withDense(IndexSettings.Dense.defaults(encoder.card()));
        return system.legs().contains("bm25") ? both : both.withLexical(null);
    }

    private SystemResult measure(
            SearchSystem system, Path folder, RetrievalEvaluation evaluation, @Nullable OpenEncoder encoder) {
        try (CatalogueIndex index = open(folder, encoder, system, false)) {
            return evaluation
                    .evaluate(List.of(index.retriever(system.label(), system.blend(index))), progress)
                    .getFirst();
        }
    }

    private static CatalogueIndex open(Path folder, @Nullable OpenEncoder encoder, SearchSystem system, boolean write) {
        if (encoder == null || !system.needsEncoder()) {
            return write ? CatalogueIndex.openForWriting(folder) : CatalogueIndex.open(folder);
        }
        return write ? CatalogueIndex.openForWriting(folder, encoder) : CatalogueIndex.open(folder, encoder);
    }

    private Map<String, String> circumstances(RetrievalData data, @Nullable OpenEncoder encoder) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("name", data.name());
        all.put(Circumstances.DATA, data.corpusHash());
        all.put(Circumstances.SPLIT, data.split());
        all.put(Circumstances.JUDGMENTS, Circumstances.hash(data.qrels()));
        all.put("items", Long.toString(data.size()));
        all.put("queries", Integer.toString(data.queries().size()));
        all.put("language", settings.language());
        all.put("depth", Integer.toString(settings.depth()));
        all.put("latency_k", "10");
        if (encoder != null) {
            all.put("encoder", encoder.card().name());
            all.put("encoder_fingerprint", encoder.card().fingerprint());
            all.put("encoder_max_tokens", Integer.toString(encoder.card().maxTokens()));
            all.put("fusion", CalibratedSum.standard().name());
        }
        all.put("java", Runtime.version().toString());
        return all;
    }
}
