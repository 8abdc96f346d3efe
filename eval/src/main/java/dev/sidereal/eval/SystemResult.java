package dev.sidereal.eval;

import dev.sidereal.core.Run;
import java.util.Map;

/**
 * What an evaluation found out about one retriever.
 *
 * @param run what it returned
 * @param evaluation how good that is
 * @param latency how fast it is
 */
public record SystemResult(Run run, Evaluation evaluation, Latency latency) {
    /** {@return {@code system}, one entry a measure, {@code p50_ms} and {@code p95_ms}} */
    public Map<String, Object> row() {
        Map<String, Object> row = evaluation.row();
        row.put("p50_ms", latency.p50Ms());
        row.put("p95_ms", latency.p95Ms());
        return row;
    }
}
