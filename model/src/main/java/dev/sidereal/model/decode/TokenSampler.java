package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadInput;
import java.util.BitSet;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** Draws the tokens of one text. Not thread-safe; O(vocabulary) a token, with top-k or top-p O(vocabulary log). */
final class TokenSampler {
    private final List<LogitsStep> steps;
    private final boolean greedy;
    private final RandomGenerator random;
    private final BitSet seen = new BitSet();

    /** @param text number of the text among those generated together, so that each has draws of its own */
    TokenSampler(Sampling sampling, int text, int[] prompt) {
        this.steps = sampling.steps();
        this.greedy = sampling.temperature() == 0;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(sampling.seed() + text);
        for (int token : prompt) {
            seen.set(token);
        }
    }

    /**
     * {@return the next token}
     *
     * @param logits {@code float[vocabulary]}, changed
     * @throws BadInput if no score is a number
     */
    int next(float[] logits) {
        steps.forEach(step -> step.apply(logits, seen));
        int best = best(logits);
        int token = greedy ? best : draw(logits, logits[best]);
        seen.set(token);
        return token;
    }

    private static int best(float[] logits) {
        int best = -1;
        for (int t = 0; t < logits.length; t++) {
            if (best < 0 ? !Float.isNaN(logits[t]) : logits[t] > logits[best]) {
                best = t;
            }
        }
        if (best < 0 || Float.isInfinite(logits[best])) {
            throw new BadInput(
                    "The model's scores of the next token are all NaN or infinite; its weights are damaged or "
                            + "its number type overflows, try F32.");
        }
        return best;
    }

    /** Draws by the distribution function, so that one draw is one random number. */
    private int draw(float[] logits, float best) {
        double total = 0;
        for (float logit : logits) {
            total += weight(logit, best);
        }
        double left = random.nextDouble() * total;
        int last = 0;
        for (int t = 0; t < logits.length; t++) {
            double weight = weight(logits[t], best);
            if (weight > 0) {
                last = t;
                left -= weight;
                if (left < 0) {
                    return t;
                }
            }
        }
        return last;
    }

    private static double weight(float logit, float best) {
        return Float.isNaN(logit) ? 0 : Math.exp((double) logit - best);
    }
}
