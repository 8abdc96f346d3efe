package dev.sidereal.eval.report;

import dev.sidereal.eval.Measured;
import dev.sidereal.eval.measure.Aggregate;
import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Interval;

/** The interval that is drawn about the mean of a measure. */
final class MeanInterval {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(10_000, 0.95, 42);

    private MeanInterval() {}

    static boolean applies(Measured measured) {
        return measured.measure().aggregate() == Aggregate.MEAN;
    }

    static Interval of(Measured measured) {
        return BOOTSTRAP.ofMean(measured.perQuery().values().stream()
                .mapToDouble(Double::doubleValue)
                .toArray());
    }
}
