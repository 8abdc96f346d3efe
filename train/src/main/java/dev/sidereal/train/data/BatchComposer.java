package dev.sidereal.train.data;

import java.util.List;

/** Says which examples of a dataset are cut into batches together. Implementations are immutable. */
public interface BatchComposer {
    /**
     * {@return the examples in groups; each group is cut into whole batches, and what groups leave over makes mixed ones}
     *
     * @param shuffled all examples of an epoch, in an order drawn for it, which groups keep
     */
    List<List<Example>> groups(List<Example> shuffled);

    /** {@return a composer under which all examples meet by chance} */
    static BatchComposer mixed() {
        return Mixed.ALL;
    }
}
