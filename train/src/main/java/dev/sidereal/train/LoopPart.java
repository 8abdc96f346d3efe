package dev.sidereal.train;

import dev.sidereal.train.data.Batch;
import dev.sidereal.train.loss.Embedded;
import java.nio.file.Path;

/**
 * What acts on the negatives of one dataset while it is trained: a miner that begins anew with the model's progress, a
 * queue of past vectors, a mask. Calls come from the trainer's thread, in the order of the methods. What a part does must
 * be a function of the steps alone, and its {@code toString} all its settings, since runs are resumed bit by bit.
 */
public interface LoopPart {
    /** {@return whether {@link #vectors} brings the negatives and what they gain, so that the data needs none} */
    default boolean bringsNegatives() {
        return false;
    }

    /** Takes up what {@link #save} wrote at that step; called once before the first step of a run that goes on. */
    default void restore(Path folder, long step) {}

    /** {@return the batch with other rows, as it is trained; steps count from 1} */
    default Batch rows(Batch batch, long step) {
        return batch;
    }

    /** {@return the vectors of a batch with what the part adds, called once a batch} */
    default Embedded vectors(Batch batch, Embedded embedded, long step) {
        return embedded;
    }

    /** Hears that a step was made. */
    default void stepped(long step, Embedder embedder) {}

    /** Writes what {@link #restore} needs, under names that no other part has; older files may go. */
    default void save(Path folder, long step) {}

    /** Waits for what is under way; called when training ends in any way. */
    default void finish() {}
}
