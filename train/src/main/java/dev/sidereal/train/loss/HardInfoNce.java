package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Cross-entropy of a query's positive among its own hard negatives:
 * {@code -log(e^{cos(q,p)/t} / (e^{cos(q,p)/t} + sum_k e^{cos(q,n_k)/t}))}, mean over rows. Nothing of other rows stands
 * in the denominator: this is the second of F2LLM's two. Source: F2LLM-v2, arXiv 2603.19223, {@code CE_hard}.
 *
 * <p>Differs: rows may have fewer negatives than others, see {@link Role#ABSENT}; a row without any adds 0.
 *
 * @param temperature {@code t}, above 0
 * @param smoothing share of the target that is spread evenly, from 0 to below 1
 */
public record HardInfoNce(double temperature, double smoothing) implements Loss {
    /** @throws BadConfig naming the value that does not fit */
    public HardInfoNce {
        if (!(temperature > 0) || !(smoothing >= 0 && smoothing < 1)) {
            throw new BadConfig("Hard-negative InfoNCE needs a temperature above 0 and a smoothing from 0 to below 1,"
                    + " got " + temperature + " and " + smoothing + ".");
        }
    }

    /** {@return the loss without smoothing} */
    public static HardInfoNce of(double temperature) {
        return new HardInfoNce(temperature, 0);
    }

    @Override
    public Tensor of(Embedded batch) {
        return candidates(batch).crossEntropy(smoothing);
    }

    private Candidates candidates(Embedded batch) {
        Tensor right = Similarity.COSINE.positives(batch).div(temperature);
        Tensor others = Similarity.COSINE.negatives(batch).div(temperature);
        return new Candidates(right, others, batch.absent());
    }

    @Override
    public OptionalDouble idleRows(Embedded batch) {
        return OptionalDouble.of(candidates(batch).idle());
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES);
    }
}
