package dev.sidereal.bench;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a benchmark found.
 *
 * @param rows a subject each, ours first; figures with their unit in the name
 * @param ratios ours against a peer, so that higher is better for us
 * @param missing peers that are not installed, with how to install them
 * @param circumstances machine, load, sizes, seeds
 */
public record BenchResult(
        List<Row> rows, Map<String, Double> ratios, List<String> missing, Map<String, String> circumstances) {
    public BenchResult {
        rows = List.copyOf(rows);
        ratios = Collections.unmodifiableMap(new LinkedHashMap<>(ratios));
        missing = List.copyOf(missing);
        circumstances = Collections.unmodifiableMap(new LinkedHashMap<>(circumstances));
    }

    /**
     * The figures of one subject.
     *
     * @param subject {@code ours} or the peer's name
     * @param variant what tells it from other rows of the subject: a setting, a model; empty if there is one row
     * @param figures by name
     */
    public record Row(String subject, String variant, Map<String, Double> figures) {
        public Row {
            figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        }
    }
}
