package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * Losses, each times its weight, summed.
 *
 * @param terms at least one
 */
public record LossSum(List<Term> terms) implements Loss {
    /** A loss and how much it counts. */
    public record Term(Loss loss, double weight) {}

    /** @throws BadConfig if there is no term */
    public LossSum {
        if (terms.isEmpty()) {
            throw new BadConfig("A sum of losses needs at least one.");
        }
        terms = List.copyOf(terms);
    }

    /** {@return the sum of losses that count the same} */
    public static LossSum of(Loss... losses) {
        return new LossSum(
                List.of(losses).stream().map(loss -> new Term(loss, 1)).toList());
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor sum = null;
        for (Term term : terms) {
            Tensor part = term.loss.of(batch).mul(term.weight);
            sum = sum == null ? part : sum.add(part);
        }
        return Objects.requireNonNull(sum);
    }

    /** {@return that of the first loss that has one} */
    @Override
    public OptionalDouble idleRows(Embedded batch) {
        return terms.stream()
                .map(term -> term.loss.idleRows(batch))
                .filter(OptionalDouble::isPresent)
                .findFirst()
                .orElse(OptionalDouble.empty());
    }

    @Override
    public boolean inBatch() {
        return terms.stream().anyMatch(term -> term.loss.inBatch());
    }

    @Override
    public Set<Role> needs() {
        Set<Role> needs = new HashSet<>();
        terms.forEach(term -> needs.addAll(term.loss.needs()));
        return Set.copyOf(needs);
    }
}
