package dev.sidereal.eval;

import dev.sidereal.core.Judgment;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the files in {@code golden/}. */
final class Golden {
    private Golden() {}

    static Qrels qrels(String name) {
        return Qrels.of(lines(name + ".qrels").stream()
                .map(line -> line.split("\\s+"))
                .map(f -> new Judgment(f[0], f[2], Integer.parseInt(f[3])))
                .toList());
    }

    static Run run(String name) {
        Map<String, List<Scored>> results = new LinkedHashMap<>();
        for (String line : lines(name + ".run")) {
            String[] f = line.split("\\s+");
            results.computeIfAbsent(f[0], query -> new ArrayList<>()).add(new Scored(f[2], Double.parseDouble(f[4])));
        }
        return new Run(name, results);
    }

    /** What trec_eval printed: measure, query or "all", value. */
    record Line(String measure, String query, String value) {}

    static List<Line> output(String file) {
        return lines(file).stream()
                .map(line -> line.split("\\s+"))
                .map(f -> new Line(f[0], f[1], f[2]))
                .toList();
    }

    private static List<String> lines(String file) {
        try (InputStream in = Objects.requireNonNull(Golden.class.getResourceAsStream("/golden/" + file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
