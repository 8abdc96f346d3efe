package dev.sidereal.train;

import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.Loss;
import java.util.Set;

/** The logarithm of -1. */
record BrokenLoss() implements Loss {
    @Override
    public Tensor of(Embedded batch) {
        return batch.get(Role.QUERY).mul(0).add(-1).log().mean();
    }

    @Override
    public Set<Role> needs() {
        return Set.of(Role.QUERY);
    }
}
