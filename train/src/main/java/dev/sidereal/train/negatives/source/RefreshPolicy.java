package dev.sidereal.train.negatives.source;

import dev.sidereal.core.error.BadConfig;

/** Says when the corpus is encoded anew. */
@FunctionalInterface
public interface RefreshPolicy {
    /**
     * {@return whether a refresh is due}
     *
     * @param step the step now
     * @param last the step of the checkpoint that the last refresh began with
     */
    boolean due(long step, long last);

    /** {@return a policy that refreshes when {@code steps} have passed} */
    static RefreshPolicy every(long steps) {
        if (steps < 1) {
            throw new BadConfig("a refresh comes every 1 step or more, got " + steps);
        }
        return (step, last) -> step - last >= steps;
    }
}
