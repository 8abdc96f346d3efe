package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.Set;

/**
 * Pairs that count as much as nDCG would change: {@code mean over i of sum_k g_ik log(1 + e^{(s_ik - s_i0)/t})} with
 * {@code g} in {@link Role#GAINS}, {@code s} cosines. Sources: Burges, MSR-TR-2010-82 (LambdaRank); Zhan et al., ADORE,
 * arXiv 2104.08051, section 4.2.
 *
 * @param temperature {@code t}, above 0
 */
public record LambdaLoss(double temperature) implements Loss {
    /** @throws BadConfig if the temperature does not fit */
    public LambdaLoss {
        if (!(temperature > 0)) {
            throw new BadConfig("LambdaLoss needs a temperature above 0, got " + temperature + ".");
        }
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor right = Similarity.COSINE.positives(batch).unsqueeze(1);
        Tensor behind = Similarity.COSINE.negatives(batch).sub(right).div(temperature);
        Tensor pairs = softplus(behind).mul(batch.get(Role.GAINS)).maskedFill(batch.absent(), 0);
        return pairs.sum(1).mean();
    }

    /** Without overflow: {@code max(x, 0) + log(1 + e^-|x|)}. */
    private static Tensor softplus(Tensor x) {
        return Activations.relu(x).add(x.abs().neg().exp().add(1).log());
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY, Role.POSITIVE, Role.NEGATIVES, Role.GAINS);
    }
}
