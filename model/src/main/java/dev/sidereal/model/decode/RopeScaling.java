package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;

/**
 * How Llama 3 stretches rotary positions beyond the length a model was pre-trained on: low frequencies are divided by
 * {@code factor}, high ones kept, those between blended.
 *
 * @param factor at least 1
 * @param lowFrequency {@code low_freq_factor}
 * @param highFrequency {@code high_freq_factor}, above {@code lowFrequency}
 * @param originalPositions {@code original_max_position_embeddings}
 */
public record RopeScaling(double factor, double lowFrequency, double highFrequency, int originalPositions) {
    /** No scaling. */
    public static final RopeScaling NONE = new RopeScaling(1, 1, 4, Integer.MAX_VALUE);

    /** @throws BadConfig if a value is out of range */
    public RopeScaling {
        if (!(factor >= 1 && lowFrequency > 0 && highFrequency > lowFrequency && originalPositions > 0)) {
            throw new BadConfig("RoPE scaling needs factor >= 1 and 0 < low < high frequency factor, got factor "
                    + factor
                    + ", low " + lowFrequency + ", high " + highFrequency + ", original positions " + originalPositions
                    + ".");
        }
    }

    /** {@return the scaled form of one angular frequency, radians a position} */
    public double scale(double frequency) {
        if (factor == 1) {
            return frequency;
        }
        double turns = originalPositions * frequency / (2 * Math.PI);
        double kept = Math.clamp((turns - lowFrequency) / (highFrequency - lowFrequency), 0, 1);
        return frequency * (kept + (1 - kept) / factor);
    }
}
