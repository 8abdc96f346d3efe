package dev.sidereal.model.decode.torch;

import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row a token, as input embedding, as output head, or as both. Rows that were added later are a parameter of their
 * own, so that training them leaves the first ones, their gradients and the optimiser's memory alone.
 */
final class TokenTable {
    private static final String ADDED = ".added.weight";

    private final Parameters parameters;
    private final String name;
    private final Linear first;
    private @Nullable Linear added;

    /** @param name of the parameter, without {@code .weight} */
    TokenTable(Parameters parameters, String name) {
        this.parameters = parameters;
        this.name = name;
        first = Linear.of(parameters, name);
    }

    /** {@return how many tokens it has} */
    int rows() {
        return first.weight().size(0) + (added == null ? 0 : added.weight().size(0));
    }

    /**
     * Adds rows: the mean of all rows, and noise.
     *
     * @param noise deviation of the noise as a share of the rows' own
     */
    void extend(int rows, double noise) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            Tensor old = whole();
            Tensor mean = old.mean(0);
            Tensor deviation = old.sub(mean).pow(2).mean(0).sqrt();
            Tensor fresh = Tensors.normal(noise, old.dtype(), old.device(), rows, old.size(1))
                    .mul(deviation)
                    .add(mean);
            if (added != null) {
                fresh = Tensors.cat(0, List.of(added.weight(), fresh));
                parameters.remove(name + ADDED);
            }
            parameters.add(name + ADDED, fresh);
        }
        added = Linear.of(parameters, name + ".added");
    }

    /** {@return rows of tokens, {@code I64[...]} to {@code [...][hidden]}} */
    Tensor lookUp(Tensor tokens) {
        if (added == null) {
            return first.weight().rows(tokens);
        }
        int count = first.weight().size(0);
        Tensor old = first.weight().rows(tokens.clamp(0, count - 1));
        Tensor fresh = added.weight().rows(tokens.add(-count).clamp(0, rows() - count - 1));
        return Tensors.where(tokens.lt(count).unsqueeze(-1), old, fresh);
    }

    /** {@return products with all rows, {@code [...][hidden]} to {@code [...][rows]}} */
    Tensor scores(Tensor hidden) {
        Tensor old = first.forward(hidden);
        return added == null ? old : Tensors.cat(-1, List.of(old, added.forward(hidden)));
    }

    /** {@return products with the rows {@code from} (inclusive) to {@code to} (exclusive)} */
    Tensor scores(Tensor hidden, int from, int to) {
        int count = first.weight().size(0);
        if (added == null || to <= count) {
            return part(first, hidden, from, to);
        }
        return from >= count
                ? part(added, hidden, from - count, to - count)
                : Tensors.cat(-1, List.of(part(first, hidden, from, count), part(added, hidden, 0, to - count)));
    }

    /** {@return whether this parameter holds rows that were added} */
    static boolean holdsAdded(String parameter) {
        return parameter.endsWith(ADDED);
    }

    /** {@return whether this is one of the table's parameters} */
    boolean owns(String parameter) {
        return parameter.equals(name + ".weight") || parameter.equals(name + ADDED);
    }

    /** {@return all rows, in memory of their own if some were added} */
    Tensor whole() {
        return added == null ? first.weight() : Tensors.cat(0, List.of(first.weight(), added.weight()));
    }

    private static Tensor part(Linear table, Tensor hidden, int from, int to) {
        Tensor rows = table.weight().narrow(0, from, to - from);
        return hidden.matmul(rows.transpose(0, 1));
    }
}
