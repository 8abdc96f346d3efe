package dev.sidereal.train.loss;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A loss on prefixes of the vectors: {@code sum_r w_r L(first dim_r numbers)}, a sum that is not divided by its weights.
 * Cosines are taken after cutting. Source: Kusupati et al., arXiv 2205.13147, equation 1; the weights of {@link #f2llm}
 * from F2LLM-v2, arXiv 2603.19223, and its code.
 *
 * @param loss of each prefix
 * @param prefixes which, and how much each counts
 */
public record Matryoshka(Loss loss, List<Prefix> prefixes) implements Loss {
    private static final int SMALLEST = 8;
    private static final int LARGEST = 1 << 14;

    /**
     * A prefix.
     *
     * @param dims how many numbers, at least 1
     * @param weight above 0
     */
    public record Prefix(int dims, double weight) {
        /** @throws BadConfig naming the value that does not fit */
        public Prefix {
            if (dims < 1 || !(weight > 0)) {
                throw new BadConfig("A Matryoshka prefix needs at least 1 dimension and a weight above 0, got " + dims
                        + " and " + weight + ".");
            }
        }
    }

    /** @throws BadConfig if there is no prefix */
    public Matryoshka {
        if (prefixes.isEmpty()) {
            throw new BadConfig("Matryoshka needs at least one prefix.");
        }
        prefixes = List.copyOf(prefixes);
    }

    /**
     * {@return the loss on all {@code d} dimensions and on each power of two from 8 to 16,384 below; the {@code r}-th in
     * falling order, from 1, counts {@code 1 / (r sqrt(d / dim))}}
     */
    public static Matryoshka f2llm(Loss loss, int d) {
        List<Integer> dims = new ArrayList<>(List.of(d));
        for (int power = LARGEST; power >= SMALLEST; power /= 2) {
            if (power < d) {
                dims.add(power);
            }
        }
        List<Prefix> prefixes = new ArrayList<>();
        for (int dim : dims) {
            prefixes.add(new Prefix(dim, 1 / ((prefixes.size() + 1) * Math.sqrt((double) d / dim))));
        }
        return new Matryoshka(loss, prefixes);
    }

    @Override
    public Tensor of(Embedded batch) {
        Tensor sum = null;
        for (Prefix prefix : prefixes) {
            if (prefix.dims > batch.dims()) {
                throw new BadConfig("A Matryoshka prefix has " + prefix.dims + " dimensions, the vectors have "
                        + batch.dims() + "; leave it out.");
            }
            Tensor part = loss.of(batch.prefix(prefix.dims)).mul(prefix.weight);
            sum = sum == null ? part : sum.add(part);
        }
        return Objects.requireNonNull(sum);
    }

    @Override
    public OptionalDouble idleRows(Embedded batch) {
        return loss.idleRows(batch.prefix(prefixes.getFirst().dims));
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
