package dev.sidereal.eval;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;

/**
 * How long single searches took, one after the other.
 *
 * @param p50Ms half of them took at most this many milliseconds
 * @param p95Ms 95 in 100 took at most this many milliseconds
 * @param searches how many were timed
 */
public record Latency(double p50Ms, double p95Ms, int searches) {
    static Latency of(long[] nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latency(percentile(sorted, 0.50), percentile(sorted, 0.95), sorted.length);
    }

    /** Nearest rank: the least time that this share of searches did not exceed. */
    private static double percentile(long[] sorted, double share) {
        return sorted[(int) Math.ceil(share * sorted.length) - 1] / 1e6;
    }

    /**
     * How searches are timed: the same sample of queries is run through untimed passes, then timed ones.
     *
     * @param k how many results each search asks for
     * @param sample at most how many queries, evenly spread over all
     * @param warmUps untimed passes over the sample
     * @param passes timed passes over the sample
     */
    public record Probe(int k, int sample, int warmUps, int passes) {
        public Probe {
            if (k < 1 || sample < 1 || warmUps < 0 || passes < 1) {
                throw new BadConfig(
                        "a latency probe needs k, sample and passes of at least 1 and warmUps of at least 0,"
                                + " got k=" + k + ", sample=" + sample + ", warmUps=" + warmUps + ", passes=" + passes);
            }
        }

        /** {@return ten results, up to 200 queries, two passes to warm up, one to time} */
        public static Probe standard() {
            return new Probe(10, 200, 2, 1);
        }
    }
}
