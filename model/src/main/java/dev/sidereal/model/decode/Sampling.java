package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayList;
import java.util.List;

/**
 * How the next token is drawn. Steps act in Hugging Face's order: repetition penalty, temperature, top-k, top-p, min-p.
 *
 * @param temperature what scores are divided by; 0 takes the best token, and of the others only the repetition penalty
 *     acts then
 * @param topK how many tokens may be drawn; 0 for all
 * @param topP share of the probability that the tokens drawn from make up together; 1 for all
 * @param minP least probability of a token drawn, as a share of the best token's; 0 for none
 * @param repetitionPenalty what the scores of tokens that are in the text already are divided by (multiplied, if
 *     negative); 1 for none
 * @param seed of the draws: the same seed, model and prompt give the same text
 */
public record Sampling(double temperature, int topK, double topP, double minP, double repetitionPenalty, long seed) {
    /** The best token each time. */
    public static final Sampling GREEDY = new Sampling(0, 0, 1, 0, 1, 0);

    /** @throws BadConfig naming the value that is out of range */
    public Sampling {
        if (!(temperature >= 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new BadConfig("The temperature must be 0 or above, got " + temperature + ".");
        }
        if (topK < 0) {
            throw new BadConfig("top-k must be 0 (off) or above, got " + topK + ".");
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new BadConfig("top-p must be above 0 and at most 1 (off), got " + topP + ".");
        }
        if (!(minP >= 0 && minP <= 1)) {
            throw new BadConfig("min-p must be from 0 (off) to 1, got " + minP + ".");
        }
        if (!(repetitionPenalty > 0 && repetitionPenalty < Double.POSITIVE_INFINITY)) {
            throw new BadConfig("The repetition penalty must be above 0, 1 for none, got " + repetitionPenalty + ".");
        }
    }

    /** {@return draws from the model's own distribution} */
    public static Sampling plain(long seed) {
        return new Sampling(1, 0, 1, 0, 1, seed);
    }

    /** {@return the same with another temperature} */
    public Sampling withTemperature(double value) {
        return new Sampling(value, topK, topP, minP, repetitionPenalty, seed);
    }

    /** {@return the same with another number of tokens to draw from} */
    public Sampling withTopK(int value) {
        return new Sampling(temperature, value, topP, minP, repetitionPenalty, seed);
    }

    /** {@return the same with another share of probability to draw from} */
    public Sampling withTopP(double value) {
        return new Sampling(temperature, topK, value, minP, repetitionPenalty, seed);
    }

    /** {@return the same with another least probability} */
    public Sampling withMinP(double value) {
        return new Sampling(temperature, topK, topP, value, repetitionPenalty, seed);
    }

    /** {@return the same with another repetition penalty} */
    public Sampling withRepetitionPenalty(double value) {
        return new Sampling(temperature, topK, topP, minP, value, seed);
    }

    /** {@return the same with another seed} */
    public Sampling withSeed(long value) {
        return new Sampling(temperature, topK, topP, minP, repetitionPenalty, value);
    }

    /** {@return the steps that do anything, in order} */
    List<LogitsStep> steps() {
        List<LogitsStep> steps = new ArrayList<>();
        if (repetitionPenalty != 1) {
            steps.add(new LogitsStep.RepetitionPenalty(repetitionPenalty));
        }
        if (temperature == 0) {
            return steps;
        }
        if (temperature != 1) {
            steps.add(new LogitsStep.Temperature(temperature));
        }
        if (topK > 0) {
            steps.add(new LogitsStep.TopK(topK));
        }
        if (topP < 1) {
            steps.add(new LogitsStep.TopP(topP));
        }
        if (minP > 0) {
            steps.add(new LogitsStep.MinP(minP));
        }
        return steps;
    }
}
