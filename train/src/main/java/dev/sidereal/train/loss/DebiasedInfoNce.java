package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * In-batch InfoNCE that expects a share of the others to be positives nobody marked:
 * {@code -log(e^{s+/t} / (e^{s+/t} + N g))} with
 * {@code g = max((mean of e^{s-/t} - tau e^{s+/t}) / (1 - tau), e^{-1/t})} over the {@code N} others of a row, {@code s}
 * cosines. Source: Chuang et al., Debiased Contrastive Learning, arXiv 2007.00224, equations 7 and 8 with M = 1. With
 * {@code tau = 0} it is {@link InfoNce#inBatch}.
 *
 * <p>Differs: {@code N} is counted in each row, since relevant texts are left out.
 *
 * @param temperature {@code t}, above 0
 * @param tau share of the others that are positives, from 0 to below 1; 0.1 is the paper's for few classes
 */
public record DebiasedInfoNce(double temperature, double tau) implements Loss {
    /** @throws BadConfig naming the value that does not fit */
    public DebiasedInfoNce {
        if (!(temperature > 0) || !(tau >= 0 && tau < 1)) {
            throw new BadConfig("Debiased InfoNCE needs a temperature above 0 and a tau from 0 to below 1, got "
                    + temperature + " and " + tau + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor right = Similarity.COSINE.positives(batch).div(temperature);
        Tensor others = Similarity.COSINE
                .all(batch.get(Role.QUERY), batch.get(Role.POSITIVE))
                .div(temperature);
        Candidates candidates = new Candidates(right, others, batch.relevant());
        // Divided by e^{1/t}, the largest a cosine can give, so that nothing overflows at low temperatures.
        double top = 1 / temperature;
        Tensor positive = right.add(-top).exp();
        Tensor count = candidates.count();
        Tensor sum = others.add(-top).exp().maskedFill(candidates.out(), 0).sum(1);
        Tensor debiased = sum.sub(count.mul(positive).mul(tau)).div(1 - tau);
        Tensor floor = count.mul(Math.exp(-2 * top));
        return positive.add(debiased.maximum(floor)).log().sub(right.add(-top)).mean();
    }

    @Override
    public boolean inBatch() {
        return true;
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE);
    }
}
