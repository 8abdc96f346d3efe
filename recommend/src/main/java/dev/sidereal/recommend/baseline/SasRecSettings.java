package dev.sidereal.recommend.baseline;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;

/**
 * What a {@link SasRec} is and how it is trained.
 *
 * @param dims width of states and item vectors
 * @param layers blocks of attention and feed-forward
 * @param heads of attention, dividing {@code dims}
 * @param length how many of the last items are looked at
 * @param dropout while training
 * @param rate learning rate of Adam
 * @param tokens items a step at most, padding included
 * @param epochs at most
 * @param patience epochs without a better validation nDCG@10 after which training ends
 * @param seed of weights, batches and dropout
 * @param products type of the products of states with item vectors while training, {@code F32} or {@code BF16}
 * @param threads of libtorch while training
 */
public record SasRecSettings(
        int dims,
        int layers,
        int heads,
        int length,
        double dropout,
        double rate,
        int tokens,
        int epochs,
        int patience,
        long seed,
        DType products,
        int threads) {
    public SasRecSettings {
        if (dims < 1 || layers < 1 || heads < 1 || dims % heads != 0) {
            throw new BadConfig("SASRec needs dims, layers and heads of 1 or more, heads dividing dims, got " + dims
                    + ", " + layers + " and " + heads);
        }
        if (length < 1 || tokens < length || epochs < 1 || patience < 1 || threads < 1) {
            throw new BadConfig(
                    "SASRec needs a length, epochs, patience and threads of 1 or more and tokens no fewer than"
                            + " the length, got " + length + ", " + epochs + ", " + patience + ", " + threads + " and "
                            + tokens);
        }
        if (!(dropout >= 0 && dropout < 1 && rate > 0)) {
            throw new BadConfig(
                    "SASRec needs a dropout from 0 to below 1 and a rate above 0, got " + dropout + " and " + rate);
        }
    }

    /** {@return those that are good on small shops: 64 dims, 2 layers, dropout 0.5, rate 0.001} */
    public static SasRecSettings defaults() {
        return new SasRecSettings(64, 2, 2, 50, 0.5, 1e-3, 700, 60, 3, 1, DType.BF16, 1);
    }

    /** {@return these settings with another seed} */
    public SasRecSettings withSeed(long seed) {
        return new SasRecSettings(
                dims, layers, heads, length, dropout, rate, tokens, epochs, patience, seed, products, threads);
    }

    /** {@return these settings with another number of epochs at most} */
    public SasRecSettings withEpochs(int epochs) {
        return new SasRecSettings(
                dims, layers, heads, length, dropout, rate, tokens, epochs, patience, seed, products, threads);
    }

    /** {@return these settings with another number of threads} */
    public SasRecSettings withThreads(int threads) {
        return new SasRecSettings(
                dims, layers, heads, length, dropout, rate, tokens, epochs, patience, seed, products, threads);
    }

    /** {@return these settings with another shape} */
    public SasRecSettings withShape(int dims, int layers, int heads, int length) {
        return new SasRecSettings(
                dims,
                layers,
                heads,
                length,
                dropout,
                rate,
                Math.max(tokens, length),
                epochs,
                patience,
                seed,
                products,
                threads);
    }

    /** {@return these settings with another dropout and learning rate} */
    public SasRecSettings withTraining(double dropout, double rate) {
        return new SasRecSettings(
                dims, layers, heads, length, dropout, rate, tokens, epochs, patience, seed, products, threads);
    }

    /** {@return these settings with products of another type} */
    public SasRecSettings withProducts(DType products) {
        return new SasRecSettings(
                dims, layers, heads, length, dropout, rate, tokens, epochs, patience, seed, products, threads);
    }

    /** {@return what decides the weights, in words} */
    public String described() {
        return "dims " + dims + ", layers " + layers + ", heads " + heads + ", length " + length + ", dropout "
                + dropout
                + ", rate " + rate + ", tokens " + tokens + ", epochs " + epochs + ", patience " + patience + ", seed "
                + seed + ", products " + products + ", threads " + threads;
    }
}
