package dev.sidereal.eval;

import dev.sidereal.eval.significance.Interval;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One system against the baseline on one measure.
 *
 * @param system the system's name
 * @param measure canonical name
 * @param value the system's mean over all judged queries
 * @param difference the system's mean minus the baseline's
 * @param interval bootstrap interval of the difference
 * @param p paired randomisation test, two-sided
 * @param holmP {@code p} corrected for the number of systems compared on this measure
 * @param exact whether {@code p} counts all permutations
 * @param perQuery query id to difference, best for the system first
 */
public record Difference(
        String system,
        String measure,
        double value,
        double difference,
        Interval interval,
        double p,
        double holmP,
        boolean exact,
        Map<String, Double> perQuery) {
    /** Values closer than this are equal. */
    private static final double EQUAL = 1e-9;

    public Difference {
        Map<String, Double> sorted = new LinkedHashMap<>();
        perQuery.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
        perQuery = Collections.unmodifiableMap(sorted);
    }

    Difference withHolmP(double corrected) {
        return new Difference(system, measure, value, difference, interval, p, corrected, exact, perQuery);
    }

    /** {@return queries on which the system is better} */
    public int wins() {
        return (int) perQuery.values().stream().filter(d -> d > EQUAL).count();
    }

    /** {@return queries on which the system is worse} */
    public int losses() {
        return (int) perQuery.values().stream().filter(d -> d < -EQUAL).count();
    }

    /** {@return queries on which both are equal} */
    public int ties() {
        return perQuery.size() - wins() - losses();
    }

    /** {@return one entry a figure, for JSON and tables} */
    public Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", system);
        row.put("measure", measure);
        row.put("value", value);
        row.put("difference", difference);
        row.put("low", interval.low());
        row.put("high", interval.high());
        row.put("p", p);
        row.put("holm_p", holmP);
        row.put("wins", wins());
        row.put("ties", ties());
        row.put("losses", losses());
        return row;
    }
}
