package dev.sidereal.train.negatives.source;

import java.util.List;

/** Makes up negatives: a language model, rules, a recording of either. Implementations are thread-safe. */
@FunctionalInterface
public interface NegativeWriter {
    /**
     * {@return at most {@code n} texts that look like the positive and do not answer the query; none if it can make none}
     *
     * @param query what is asked
     * @param positive a text that answers it
     */
    List<String> write(String query, String positive, int n);

    /** {@return its name with all that decides what it writes, for the report's key} */
    default String fingerprint() {
        return "writer";
    }
}
