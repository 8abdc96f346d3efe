package dev.sidereal.train;

import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.train.loss.Embedded;
import dev.sidereal.train.loss.Embedded.Role;

/** Watches for all texts getting one vector. */
final class Collapse {
    static final double ALIKE = 0.995;
    static final int PATIENCE = 10;

    private int steps;

    /** {@return mean cosine of positives of different rows, 0 if there are not two} */
    static double alike(Embedded batch) {
        int n = batch.rows();
        if (n < 2) {
            return 0;
        }
        Tensor sum = Norms.unit(batch.get(Role.POSITIVE).detach()).sum(0);
        return (sum.mul(sum).sum().item() - n) / (n * (n - 1.0));
    }

    /** {@return whether so many steps in a row were that much alike} */
    boolean after(double alike) {
        steps = alike > ALIKE ? steps + 1 : 0;
        return steps >= PATIENCE;
    }
}
