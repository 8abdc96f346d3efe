package dev.sidereal.bench;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Times calls, one thread, in milliseconds. */
final class Timing {
    private Timing() {}

    /**
     * Runs subjects in turn, pass by pass, so that a drifting machine drifts for all.
     *
     * @param subjects each is given the number of the call in its pass
     * @param calls in a pass
     * @param passes counted ones
     * @param warmUpSeconds for each subject before
     * @return {@code double[subjects][passes * calls]}, each sorted ascending
     */
    static double[][] interleaved(List<IntConsumer> subjects, int calls, int passes, double warmUpSeconds) {
        for (IntConsumer subject : subjects) {
            long end = System.nanoTime() + (long) (warmUpSeconds * 1e9);
            for (int i = 0; System.nanoTime() < end; i++) {
                subject.accept(i % calls);
            }
        }
        double[][] times = new double[subjects.size()][passes * calls];
        for (int pass = 0; pass < passes; pass++) {
            for (int s = 0; s < subjects.size(); s++) {
                for (int call = 0; call < calls; call++) {
                    long start = System.nanoTime();
                    subjects.get(s).accept(call);
                    times[s][pass * calls + call] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        for (double[] one : times) {
            Arrays.sort(one);
        }
        return times;
    }

    /** {@return the value below which a share of the sorted values lies} */
    static double quantile(double[] sorted, double share) {
        return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
    }
}
