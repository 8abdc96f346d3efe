package dev.sidereal.train.negatives;

import dev.sidereal.core.error.BadInput;
import java.util.List;

/**
 * A training query.
 *
 * @param id unique in its set
 * @param text what is asked
 * @param positives numbers of the documents that answer it, at least one
 */
public record MiningQuery(String id, String text, List<Integer> positives) {
    public MiningQuery {
        positives = List.copyOf(positives);
        if (positives.isEmpty()) {
            throw new BadInput("query '" + id + "' has no positive document: negatives need one to be told from");
        }
    }
}
