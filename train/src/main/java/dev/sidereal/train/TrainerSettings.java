package dev.sidereal.train;

import dev.sidereal.core.error.BadConfig;

/**
 * How a run goes.
 *
 * @param steps how many moves of the parameters, at least 1
 * @param learningRate of each step
 * @param weightDecay of matrices; vectors such as biases and norms have none
 * @param beta1 of AdamW
 * @param beta2 of AdamW
 * @param clip longest gradient, above 0
 * @param accumulate batches whose gradients are averaged for a step, at least 1; in-batch negatives stay their own
 * @param chunk most texts that are held with their graph at once: larger batches go through {@link GradientCache}
 * @param bf16 whether products are computed in bf16, parameters staying as they are
 * @param evaluateEvery steps between measures on dev data, at least 1
 * @param snapshotEvery steps between snapshots, at least 1
 * @param seed of dropout
 */
public record TrainerSettings(
        int steps,
        LearningRate learningRate,
        double weightDecay,
        double beta1,
        double beta2,
        double clip,
        int accumulate,
        int chunk,
        boolean bf16,
        int evaluateEvery,
        int snapshotEvery,
        long seed) {
    /** @throws BadConfig naming the value that does not fit */
    public TrainerSettings {
        if (Math.min(Math.min(steps, accumulate), Math.min(chunk, Math.min(evaluateEvery, snapshotEvery))) < 1) {
            throw new BadConfig(
                    "Training needs steps, accumulate, chunk, evaluateEvery and snapshotEvery of at least 1,"
                            + " got " + steps + ", " + accumulate + ", " + chunk + ", " + evaluateEvery + " and "
                            + snapshotEvery + ".");
        }
        if (!(clip > 0 && weightDecay >= 0)) {
            throw new BadConfig("Training needs a clip above 0 and a weight decay of at least 0, got " + clip + " and "
                    + weightDecay + ".");
        }
    }

    /** {@return settings for that many steps, all else usual: bf16, AdamW of F2LLM, a tenth of the steps to warm up} */
    public static TrainerSettings of(int steps, double peak) {
        LearningRate rate = new LearningRate(peak, Math.min(peak, 1e-7), steps / 10);
        int tenth = Math.max(1, steps / 10);
        return new TrainerSettings(steps, rate, 0.01, 0.9, 0.98, 1, 1, 64, true, tenth, tenth, 0);
    }

    /** {@return these settings in full precision} */
    public TrainerSettings inFullPrecision() {
        return with(chunk, false);
    }

    /** {@return these settings with another chunk} */
    public TrainerSettings withChunk(int texts) {
        return with(texts, bf16);
    }

    private TrainerSettings with(int chunk, boolean bf16) {
        return new TrainerSettings(
                steps,
                learningRate,
                weightDecay,
                beta1,
                beta2,
                clip,
                accumulate,
                chunk,
                bf16,
                evaluateEvery,
                snapshotEvery,
                seed);
    }
}
