package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.InfoNce.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Another loss with more negatives, mixed of vectors: of each negative and the next one of its row
 * {@code norm(alpha n_k + (1 - alpha) n_{k+1})}, and of each negative and the positive
 * {@code norm(beta p + (1 - beta) n_k)}. Mixed ones are constants: no gradient flows into what they are made of. Source:
 * Kalantidis et al., MoCHi, arXiv 2010.01028, equations 4 and 5.
 *
 * <p>Differs: shares and pairs are fixed rather than drawn, so that the loss is a function of its batch.
 *
 * @param loss gets a row's {@code k} negatives and {@code 2 k - 1} mixed ones
 * @param alpha share of the first of two negatives, from 0 to 1
 * @param beta share of the positive, from 0 to below 0.5
 */
public record EmbeddingMix(Loss loss, double alpha, double beta) implements Loss {
    /** @throws BadConfig naming the share that does not fit */
    public EmbeddingMix {
        if (!(alpha >= 0 && alpha <= 1) || !(beta >= 0 && beta < 0.5)) {
            throw new BadConfig("Mixed negatives need an alpha from 0 to 1 and a positive's share beta from 0 to below"
                    + " 0.5, got " + alpha + " and " + beta + ".");
        }
        boolean shared = loss instanceof InfoNce infoNce && infoNce.directions().contains(Direction.ALL_NEGATIVES);
        if (shared || !loss.needs().contains(Role.NEGATIVES) || loss.needs().contains(Role.SCORES)) {
            throw new BadConfig("Mixed negatives need a loss of a row's own hard negatives without a teacher's scores,"
                    + " got " + loss + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        return loss.of(mixed(batch));
    }

    private Embedded mixed(Embedded batch) {
        Tensor negatives = batch.get(Role.NEGATIVES);
        Tensor absent = batch.absent();
        int k = negatives.size(1);
        Tensor unit = Norms.unit(negatives.detach());
        Tensor positive = Norms.unit(batch.get(Role.POSITIVE).detach()).unsqueeze(1);
        List<Tensor> vectors = new ArrayList<>(List.of(negatives));
        List<Tensor> out = new ArrayList<>(List.of(absent));
        if (k > 1) {
            Tensor one = unit.narrow(1, 0, k - 1L);
            Tensor next = unit.narrow(1, 1, k - 1L);
            vectors.add(Norms.unit(one.mul(alpha).add(next.mul(1 - alpha))));
            out.add(absent.narrow(1, 0, k - 1L).or(absent.narrow(1, 1, k - 1L)));
        }
        vectors.add(Norms.unit(unit.mul(1 - beta).add(positive.mul(beta))));
        out.add(absent);
        return batch.with(Role.NEGATIVES, Tensors.cat(1, vectors)).with(Role.ABSENT, Tensors.cat(1, out));
    }

    @Override
    public OptionalDouble idleRows(Embedded batch) {
        return loss.idleRows(mixed(batch));
    }

    @Override
    public boolean inBatch() {
        return loss.inBatch();
    }

    @Override
    public Set<Role> needs() {
        return loss.needs();
    }
}
