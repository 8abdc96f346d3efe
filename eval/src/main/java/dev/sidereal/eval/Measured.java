package dev.sidereal.eval;

import dev.sidereal.eval.measure.Aggregate;
import dev.sidereal.eval.measure.Measure;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One measure of one system.
 *
 * @param measure what was measured
 * @param value over all queries
 * @param worst the value with every tie of scores broken against the system
 * @param best the value with every tie of scores broken in the system's favour
 * @param perQuery query id to value, ids in byte order
 */
public record Measured(Measure measure, double value, double worst, double best, Map<String, Double> perQuery) {
    public Measured {
        perQuery = Collections.unmodifiableMap(new LinkedHashMap<>(perQuery));
    }

    /** {@return the measure's canonical name} */
    public String name() {
        return measure.name();
    }

    /** {@return whether the order of tied documents changes the value in its four printed decimals} */
    public boolean dependsOnTies() {
        return !Decimals.four(worst).equals(Decimals.four(value))
                || !Decimals.four(best).equals(Decimals.four(value));
    }

    /** {@return the value as trec_eval prints it: counts whole, all else with four decimals} */
    public String printed() {
        return printed(value);
    }

    /** {@return the value of one query as trec_eval prints it} */
    public String printed(double ofQuery) {
        return Decimals.fixed(ofQuery, measure.aggregate() == Aggregate.SUM ? 0 : 4);
    }
}
