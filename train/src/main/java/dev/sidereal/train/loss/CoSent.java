package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * Order of pairs by score: {@code log(1 + sum over y_i > y_j of e^{lambda (cos_j - cos_i)})} for pairs of query and
 * positive with scores {@code y} in {@link Role#SCORES}. Only the order of scores counts. Source: Su, CoSENT
 * (kexue.fm/archives/8847), as in sentence-transformers' {@code CoSENTLoss}.
 *
 * @param scale {@code lambda}, above 0; 20 is usual
 */
public record CoSent(double scale) implements Loss {
    /** @throws BadConfig if the scale does not fit */
    public CoSent {
        if (!(scale > 0)) {
            throw new BadConfig("CoSENT needs a scale above 0, got " + scale + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        return PairOrder.loss(Similarity.COSINE.positives(batch).mul(scale), batch.get(Role.SCORES));
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.SCORES);
    }
}
