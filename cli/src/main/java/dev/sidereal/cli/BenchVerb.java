package dev.sidereal.cli;

import dev.sidereal.bench.BenchResult;
import dev.sidereal.bench.Benchmark;
import dev.sidereal.bench.Benchmarks;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code bench}: how fast, with peers beside. */
@Command(
        name = "bench",
        description = {
            "Run a benchmark with its peers in the same run; without a name, list them.",
            "",
            "Ratios are ours against the peer, higher is better for us. Machines are noisy: close other programs, and"
                    + " believe ratios before milliseconds.",
            "",
            "Example:",
            "  ./sidereal bench dense --json"
        })
final class BenchVerb implements Verb {
    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which benchmark.")
    @Nullable
    String name;

    @Override
    public Outcome run(Session session) {
        if (name == null) {
            Map<String, String> all = Benchmarks.all().stream()
                    .collect(Collectors.toMap(Benchmark::name, Benchmark::question, (a, b) -> a, LinkedHashMap::new));
            return Outcome.of(
                    Map.of("benchmarks", all),
                    all.entrySet().stream()
                            .map(e -> String.format(Locale.ROOT, "%-8s %s", e.getKey(), e.getValue()))
                            .collect(Collectors.joining(System.lineSeparator())));
        }
        BenchResult result = Benchmarks.named(name).run(session.progress());
        List<Map<String, Object>> rows = new ArrayList<>();
        for (BenchResult.Row row : result.rows()) {
            Map<String, Object> flat = new LinkedHashMap<>();
            flat.put("subject", row.subject());
            if (!row.variant().isEmpty()) {
                flat.put("variant", row.variant());
            }
            flat.putAll(row.figures());
            rows.add(flat);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", rows);
        json.put("ratios", result.ratios());
        json.put("missing", result.missing());
        json.put("circumstances", result.circumstances());
        StringBuilder text = new StringBuilder(new RowTable(rows).render(session.width()));
        result.ratios().forEach((peer, ratio) -> text.append(String.format(Locale.ROOT, "%n%s %.2f", peer, ratio)));
        result.missing().forEach(peer -> text.append("%nmissing: %s".formatted(peer)));
        return Outcome.of(json, text.toString());
    }
}
