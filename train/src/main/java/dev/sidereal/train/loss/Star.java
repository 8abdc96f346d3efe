package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Static hard negatives made stable by random ones: {@code L_hard + alpha L_random}, hard negatives being the row's own
 * and random ones the other rows' positives. Source: Zhan et al., STAR, arXiv 2104.08051, section 4.1.
 *
 * <p>Differs: both are cross-entropies over all candidates rather than sums over pairs.
 *
 * @param temperature above 0, of both
 * @param alpha how much random negatives count, above 0
 */
public record Star(double temperature, double alpha) implements Loss {
    /** What random negatives count where nothing is said. */
    public static final double ALPHA = 0.1;

    /** @throws BadConfig naming the value that does not fit */
    public Star {
        if (!(temperature > 0) || !(alpha > 0)) {
            throw new BadConfig(
                    "STAR needs a temperature and an alpha above 0, got " + temperature + " and " + alpha + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor random = InfoNce.inBatch(temperature).of(batch);
        return HardInfoNce.of(temperature).of(batch).add(random.mul(alpha));
    }

    @Override
    public OptionalDouble idleRows(Embedded batch) {
        return HardInfoNce.of(temperature).idleRows(batch);
    }

    @Override
    public boolean inBatch() {
        return true;
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES);
    }
}
