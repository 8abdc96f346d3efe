package dev.sidereal.model.decode;

import java.util.Arrays;
import java.util.BitSet;

/** Changes the scores of the next token before one is drawn; what may not be drawn becomes minus infinity. */
sealed interface LogitsStep {
    /**
     * Changes scores in place.
     *
     * @param logits {@code float[vocabulary]}
     * @param seen tokens of the prompt and of the text so far
     */
    void apply(float[] logits, BitSet seen);

    /** Makes tokens that were there less likely. Source: CTRL, arXiv 1909.05858, as in transformers. */
    record RepetitionPenalty(double penalty) implements LogitsStep {
        @Override
        public void apply(float[] logits, BitSet seen) {
            for (int t = seen.nextSetBit(0); t >= 0 && t < logits.length; t = seen.nextSetBit(t + 1)) {
                logits[t] = (float) (logits[t] < 0 ? logits[t] * penalty : logits[t] / penalty);
            }
        }
    }

    /** Flattens (above 1) or sharpens (below 1) the distribution. */
    record Temperature(double temperature) implements LogitsStep {
        @Override
        public void apply(float[] logits, BitSet seen) {
            for (int t = 0; t < logits.length; t++) {
                logits[t] = (float) (logits[t] / temperature);
            }
        }
    }

    /** Keeps the best {@code k}, and those that tie with the last of them. */
    record TopK(int k) implements LogitsStep {
        @Override
        public void apply(float[] logits, BitSet seen) {
            if (k < logits.length) {
                float[] sorted = logits.clone();
                Arrays.sort(sorted);
                cut(logits, sorted[sorted.length - k]);
            }
        }
    }

    /**
     * Keeps the best tokens up to the one with which their probability reaches {@code p}, and those that tie with it.
     * Source: nucleus sampling, arXiv 1904.09751. Differs: transformers drops some of those that tie, by position.
     */
    record TopP(double p) implements LogitsStep {
        @Override
        public void apply(float[] logits, BitSet seen) {
            float[] sorted = logits.clone();
            Arrays.sort(sorted);
            float best = sorted[sorted.length - 1];
            double total = 0;
            for (float logit : sorted) {
                total += Math.exp((double) logit - best);
            }
            double reached = 0;
            int last = sorted.length;
            while (last > 1 && reached < p * total) {
                reached += Math.exp((double) sorted[--last] - best);
            }
            cut(logits, sorted[Math.min(last, sorted.length - 1)]);
        }
    }

    /** Keeps tokens that are at least {@code p} times as likely as the best. Source: arXiv 2407.01082. */
    record MinP(double p) implements LogitsStep {
        @Override
        public void apply(float[] logits, BitSet seen) {
            float best = Float.NEGATIVE_INFINITY;
            for (float logit : logits) {
                best = Math.max(best, logit);
            }
            cut(logits, (float) (best + Math.log(p)));
        }
    }

    private static void cut(float[] logits, float least) {
        for (int t = 0; t < logits.length; t++) {
            if (logits[t] < least) {
                logits[t] = Float.NEGATIVE_INFINITY;
            }
        }
    }
}
