package dev.sidereal.eval.significance;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The step-down correction of several p values: comparing the adjusted ones with a level keeps the chance of any false
 * alarm below it. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6,
 * 1979.
 */
public final class Holm {
    private Holm() {}

    /** {@return adjusted p values in the order of the given ones, none above 1} */
    public static double[] adjust(double[] p) {
        int[] ascending = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] adjusted = new double[p.length];
        double least = 0;
        for (int step = 0; step < p.length; step++) {
            least = Math.max(least, Math.min(1, (p.length - step) * p[ascending[step]]));
            adjusted[ascending[step]] = least;
        }
        return adjusted;
    }
}
