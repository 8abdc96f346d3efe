package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;

/**
 * Shape of a decoder of the Llama 3 or Qwen3 kind: pre-normalised with RMSNorm, grouped-query attention, rotary
 * positions, SwiGLU, no biases.
 *
 * @param hidden width of the residual stream
 * @param layers number of blocks
 * @param heads query heads
 * @param kvHeads key and value heads; divides {@code heads}
 * @param headDim width of a head, even; {@code heads * headDim} need not equal {@code hidden}
 * @param intermediate width inside SwiGLU
 * @param vocabulary number of tokens, rows of the embedding table
 * @param maxPositions longest sequence
 * @param ropeTheta base of the rotary frequencies
 * @param normEpsilon added to the mean square
 * @param headNorms whether queries and keys are normalised per head, as in Qwen3
 * @param tied whether the output head is the embedding table
 */
public record DecoderConfig(
        int hidden,
        int layers,
        int heads,
        int kvHeads,
        int headDim,
        int intermediate,
        int vocabulary,
        int maxPositions,
        double ropeTheta,
        RopeScaling ropeScaling,
        double normEpsilon,
        boolean headNorms,
        boolean tied) {
    /** @throws BadConfig naming the value that does not fit */
    public DecoderConfig {
        positive("hidden", hidden);
        positive("layers", layers);
        positive("heads", heads);
        positive("kvHeads", kvHeads);
        positive("headDim", headDim);
        positive("intermediate", intermediate);
        positive("vocabulary", vocabulary);
        positive("maxPositions", maxPositions);
        if (heads % kvHeads != 0) {
            throw new BadConfig("A decoder's kvHeads must divide its heads, got " + kvHeads + " and " + heads + ".");
        }
        if (headDim % 2 != 0) {
            throw new BadConfig("A decoder's headDim must be even for rotary positions, got " + headDim + ".");
        }
        if (!(ropeTheta > 0 && normEpsilon > 0)) {
            throw new BadConfig("A decoder's ropeTheta and normEpsilon must be above 0, got " + ropeTheta + " and "
                    + normEpsilon + ".");
        }
    }

    /** {@return width of all queries of a token, {@code heads * headDim}} */
    public int queryDim() {
        return heads * headDim;
    }

    /** {@return width of all keys, or of all values, of a token, {@code kvHeads * headDim}} */
    public int kvDim() {
        return kvHeads * headDim;
    }

    /** {@return how many query heads read one key head} */
    public int groupSize() {
        return heads / kvHeads;
    }

    /** {@return number of trainable numbers, the tied head counted once} */
    public long parameters() {
        long attention = 2L * hidden * queryDim() + 2L * hidden * kvDim();
        long block = attention + 3L * hidden * intermediate + 2L * hidden + (headNorms ? 2L * headDim : 0);
        return (tied ? 1L : 2L) * vocabulary * hidden + layers * block + hidden;
    }

    /** {@return this shape with another number of tokens} */
    public DecoderConfig withVocabulary(int tokens) {
        return new DecoderConfig(
                hidden,
                layers,
                heads,
                kvHeads,
                headDim,
                intermediate,
                tokens,
                maxPositions,
                ropeTheta,
                ropeScaling,
                normEpsilon,
                headNorms,
                tied);
    }

    /** {@return the same kind of decoder in another size; attention and vocabulary stay} */
    public DecoderConfig withSize(int layers, int hidden, int intermediate) {
        return new DecoderConfig(
                hidden,
                layers,
                heads,
                kvHeads,
                headDim,
                intermediate,
                vocabulary,
                maxPositions,
                ropeTheta,
                ropeScaling,
                normEpsilon,
                headNorms,
                tied);
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new BadConfig("A decoder's " + name + " must be at least 1, got " + value + ".");
        }
    }
}
