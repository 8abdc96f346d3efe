package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * As {@link CoSent}, on an angle in complex space. The first half of a vector is its real part, the second its imaginary
 * one; with {@code z = a + bi} of the query and {@code w = c + di} of the positive the similarity is
 * {@code |sum(ac + bd) + sum(bc - ad)| / (|z| |w|)}, whose gradient does not vanish where the cosine's does. Source: Li
 * and Li, AnglE, arXiv 2309.12871, equations 5 to 8, and the authors' {@code angle_loss}; their full objective adds
 * {@link CoSent} and {@link InfoNce}, see {@link LossSum}.
 *
 * @param scale above 0; 20 is usual
 */
public record AnglE(double scale) implements Loss {
    /** @throws BadConfig if the scale does not fit */
    public AnglE {
        if (!(scale > 0)) {
            throw new BadConfig("AnglE needs a scale above 0, got " + scale + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        if (batch.dims() % 2 != 0) {
            throw new BadConfig("AnglE needs vectors of an even number of dimensions, got " + batch.dims() + ".");
        }
        int half = batch.dims() / 2;
        Tensor query = batch.get(Role.QUERY);
        Tensor positive = batch.get(Role.POSITIVE);
        Tensor a = query.narrow(1, 0, half);
        Tensor b = query.narrow(1, half, half);
        Tensor c = positive.narrow(1, 0, half);
        Tensor d = positive.narrow(1, half, half);
        Tensor sum = a.mul(c).add(b.mul(d)).add(b.mul(c)).sub(a.mul(d)).sum(1);
        Tensor lengths = query.norm(1).mul(positive.norm(1)).clamp(1e-12, Double.POSITIVE_INFINITY);
        return PairOrder.loss(sum.div(lengths).abs().mul(scale), batch.get(Role.SCORES));
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.SCORES);
    }
}
