package dev.sidereal.train.negatives.generate;

import dev.sidereal.core.Item;
import java.util.List;

/** Writes queries that a document answers: a language model, rules, a recording of either. */
@FunctionalInterface
public interface QueryWriter {
    /** {@return at most {@code n} queries with what answers each; none if it can write none} */
    List<Written> write(Item item, int n);

    /**
     * A query and what answers it.
     *
     * @param query not blank
     * @param passage not blank
     */
    record Written(String query, String passage) {}
}
