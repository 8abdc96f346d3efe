package dev.sidereal.bench;

import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.Workspace;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.server.ServerSettings;
import dev.sidereal.server.SiderealServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * A server under 200 clients for a minute, nine searches to one write, by both legs, clients and server in one process:
 * latencies, refusals, lost writes, memory before and after. There is no peer.
 */
final class ServeBenchmark implements Benchmark {
    private static final int CLIENTS = 200;
    private static final int WRITES_PERCENT = 10;
    private static final int ITEMS = 2_000;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration TIME = Duration.ofSeconds(60);
    private static final String INDEX = "load";
    private static final List<String> WORDS = List.of(
            "river", "engine", "garden", "winter", "market", "signal", "copper", "harbour", "letter", "meadow", "orbit",
            "pencil", "quarry", "ribbon", "silver", "tunnel");

    @Override
    public String name() {
        return "serve";
    }

    @Override
    public String question() {
        return "How does the server stand 200 clients that search and write for a minute?";
    }

    @Override
    public BenchResult run(Progress progress) {
        Map<String, String> circumstances = Machine.circumstances();
        circumstances.put("clients", Integer.toString(CLIENTS));
        circumstances.put("seconds", Long.toString(TIME.toSeconds()));
        circumstances.put("writes_percent", Integer.toString(WRITES_PERCENT));
        circumstances.put("items_before", Integer.toString(ITEMS));
        circumstances.put("encoder", "minilm-q");
        Path workspace = temporary();
        try {
            Map<String, Double> figures = measure(workspace, progress);
            return new BenchResult(
                    List.of(new BenchResult.Row("ours", "", figures)), Map.of(), List.of(), circumstances);
        } finally {
            delete(workspace);
        }
    }

    private static Map<String, Double> measure(Path workspace, Progress progress) {
        Path folder = workspace.resolve("indexes").resolve(INDEX);
        index(folder);
        Map<String, Double> figures = new LinkedHashMap<>();
        HttpLoad load;
        List<String> acknowledged = new ArrayList<>();
        try (SiderealServer server = SiderealServer.start(
                        Workspace.open(workspace), INDEX, ServerSettings.local().withPort(0));
                Progress.Task task = progress.start("serving", 2)) {
            URI base = URI.create(server.address());
            HttpLoad warmUp = new HttpLoad(base, queries(), "warm");
            warmUp.run(CLIENTS, WARM_UP, WRITES_PERCENT);
            acknowledged.addAll(warmUp.acknowledged());
            task.advance(1);
            figures.put("heap_before_mb", heap());
            load = new HttpLoad(base, queries(), "load");
            load.run(CLIENTS, TIME, WRITES_PERCENT);
            acknowledged.addAll(load.acknowledged());
            figures.put("heap_after_mb", heap());
            task.advance(1);
        }
        for (String kind : List.of("search", "write")) {
            figures.put(kind + "_per_s", load.succeeded(kind) / (double) TIME.toSeconds());
            figures.put(kind + "_p50_ms", load.millis(kind, 0.5));
            figures.put(kind + "_p99_ms", load.millis(kind, 0.99));
        }
        long refused = load.statuses().getOrDefault(429, new AtomicLong()).get();
        long answered =
                load.statuses().values().stream().mapToLong(AtomicLong::get).sum();
        long fine = load.succeeded("search") + (long) load.succeeded("write");
        figures.put("refused_429", (double) refused);
        figures.put("other_errors", (double)
                (answered - refused - fine + load.broken().size()));
        figures.put("writes_lost", (double) lost(folder, acknowledged));
        return figures;
    }

    private static void index(Path folder) {
        try (OpenEncoder encoder = OpenEncoder.of("minilm-q")) {
            CatalogueIndex.create(
                    folder,
                    IndexSettings.words().withLanguage("en").withDense(IndexSettings.Dense.defaults(encoder.card())));
            try (CatalogueIndex index = CatalogueIndex.openForWriting(folder, encoder)) {
                List<Item> items = new ArrayList<>();
                for (int i = 0; i < ITEMS; i++) {
                    items.add(Item.of("item-" + i, words(i, 3), words(i * 31 + 7, 12)));
                }
                index.writer().put(items);
            }
        }
    }

    private static List<String> queries() {
        List<String> queries = new ArrayList<>();
        for (int i = 0; i < 97; i++) {
            queries.add(words(i * 13 + 5, 3));
        }
        return queries;
    }

    private static String words(int seed, int count) {
        StringBuilder text = new StringBuilder();
        long state = seed;
        for (int i = 0; i < count; i++) {
            state = state * 6364136223846793005L + 1442695040888963407L;
            text.append(i == 0 ? "" : " ").append(WORDS.get((int) (state >>> 33) % WORDS.size()));
        }
        return text.toString();
    }

    private static long lost(Path folder, List<String> ids) {
        try (OpenIndex open = OpenIndex.of(folder);
                IndexSnapshot snapshot = open.index().snapshot(Principal.system())) {
            return ids.stream().filter(id -> snapshot.item(id).isEmpty()).count();
        }
    }

    private static double heap() {
        System.gc();
        return (Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory()) / (double) (1 << 20);
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("sidereal-serve");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
