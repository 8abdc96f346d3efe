package dev.sidereal.bench;

import dev.sidereal.core.Progress;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.engine.Scratch;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Indexing of a million short documents by words, each subject in a JVM of its own with a heap of 1 GB.
 *
 * <p>The system property {@code sidereal.bench.documents} asks for another number.
 */
final class IndexBenchmark implements Benchmark {
    private static final int DOCUMENTS = Integer.getInteger("sidereal.bench.documents", 1_000_000);
    private static final String HEAP = "-Xmx1g";

    @Override
    public String name() {
        return "index";
    }

    @Override
    public String question() {
        return "How fast are a million short documents indexed by words in 1 GB, against Lucene used directly?";
    }

    @Override
    public BenchResult run(Progress progress) {
        Map<String, String> circumstances = Machine.circumstances();
        circumstances.put("documents", DOCUMENTS + " of 60 words, Zipf over 200,000, seeds 0 to " + (DOCUMENTS - 1));
        circumstances.put("heap", HEAP + " for each");
        circumstances.put("ours", "the build of ./sidereal index: content hashes, ids looked up, durable commits");
        circumstances.put(
                "lucene", "IndexWriter.addDocument, one thread, same analyzer, id and stored text, one commit");
        List<BenchResult.Row> rows = new ArrayList<>();
        try (Progress.Task task = progress.start("indexing in a child process", 2)) {
            for (String subject : List.of("ours", "lucene")) {
                rows.add(new BenchResult.Row(subject, "", measure(subject)));
                task.advance(1);
            }
        }
        Map<String, Double> ratios = new LinkedHashMap<>();
        ratios.put("vs_lucene", figure(rows.get(0), "docs_s") / figure(rows.get(1), "docs_s"));
        ratios.put("vs_lucene_cpu", figure(rows.get(1), "cpu_s") / figure(rows.get(0), "cpu_s"));
        return new BenchResult(rows, ratios, List.of(), circumstances);
    }

    private static double figure(BenchResult.Row row, String name) {
        return Objects.requireNonNull(row.figures().get(name), name);
    }

    private static Map<String, Double> measure(String subject) {
        try (Scratch scratch = Scratch.in(null)) {
            Process process = new ProcessBuilder(command(subject, scratch.path().resolve("index")))
                    .redirectError(Redirect.DISCARD)
                    .start();
            try {
                JsonNode figures =
                        JsonMapper.shared().readTree(process.getInputStream().readAllBytes());
                int exit = process.waitFor();
                if (exit != 0) {
                    throw new Unavailable("indexing by " + subject + " in a process of its own ended with exit code "
                            + exit + "; there may be too little memory or disk");
                }
                Map<String, Double> row = new LinkedHashMap<>();
                figures.properties()
                        .forEach(e -> row.put(e.getKey(), e.getValue().doubleValue()));
                return row;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw new Unavailable("cannot run indexing in a process of its own: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("indexing was interrupted", e);
        }
    }

    private static List<String> command(String subject, Path folder) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                HEAP,
                "--add-modules",
                "jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                IndexChild.class.getName(),
                subject,
                Integer.toString(DOCUMENTS),
                folder.toString());
    }
}
