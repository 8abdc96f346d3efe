package dev.sidereal.engine;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.format.RetrievalData;
import dev.sidereal.eval.Candidate;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Comparer;
import dev.sidereal.eval.Latency;
import dev.sidereal.eval.SystemResult;
import dev.sidereal.eval.measure.Measures;
import dev.sidereal.eval.report.HtmlReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of a study: one system by itself, several held against the first.
 *
 * @param data that was evaluated on
 * @param results one a system
 * @param circumstances that all share
 */
record StudyReport(RetrievalData data, List<SystemResult> results, Map<String, String> circumstances) {
    private static final long SEED = 42;

    /** @param measures that differences are tested on */
    void write(Path file, String measures) {
        Map<String, Latency> latencies = new LinkedHashMap<>();
        results.forEach(result -> latencies.put(result.run().name(), result.latency()));
        String html = report(measures)
                .withLatencies(latencies)
                .withQueries(data.queries())
                .html();
        AtomicFile.write(file, out -> out.write(html.getBytes(StandardCharsets.UTF_8)));
    }

    private HtmlReport report(String measures) {
        String title = "Retrieval on " + data.name() + ", " + data.split();
        if (results.size() == 1) {
            SystemResult only = results.getFirst();
            return HtmlReport.of(title, only.evaluation(), Circumstances.of(circumstances));
        }
        List<Candidate> candidates = new ArrayList<>();
        for (SystemResult result : results) {
            candidates.add(new Candidate(
                    result.run(),
                    Circumstances.of(circumstances).with("system", result.run().name())));
        }
        return HtmlReport.of(title, Comparer.of(Measures.parse(measures), SEED).compare(candidates, data.qrels()));
    }
}
