package dev.sidereal.eval.report;

import dev.sidereal.eval.Measured;
import dev.sidereal.eval.measure.Aggregate;
import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Interval;
import java.util.IdentityHashMap;

/** The intervals that are shown about means, each computed once. Used by one thread. */
final class MeanIntervals {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(10_000, 0.95, 42);

    private final IdentityHashMap<Measured, Interval> known = new IdentityHashMap<>();

    static boolean applies(Measured measured) {
        return measured.measure().aggregate() == Aggregate.MEAN;
    }

    Interval of(Measured measured) {
        return known.computeIfAbsent(
                measured,
                m -> BOOTSTRAP.ofMean(m.perQuery().values().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray()));
    }
}
