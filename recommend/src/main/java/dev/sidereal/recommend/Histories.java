package dev.sidereal.recommend;

import dev.sidereal.core.RecommendRequest.Seen;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Histories for which items are to be ranked at one time.
 *
 * @param users whose each is; an empty name where that is not known
 * @param items places of items, oldest first, {@code int[histories][events]}
 * @param seen whether items of a history may come back
 * @param admitted places of the items that may come back at all; null for all of them
 */
public record Histories(
        List<String> users,
        int[][] items,
        Seen seen,
        @Nullable BitSet admitted) {
    public Histories {
        users = List.copyOf(users);
        if (users.size() != items.length) {
            throw new IllegalArgumentException(items.length + " histories of " + users.size() + " users");
        }
    }

    /** {@return how many there are} */
    public int count() {
        return items.length;
    }

    /** {@return the last events of a history, all if it has no more than {@code most}} */
    public int[] last(int history, int most) {
        int[] all = items[history];
        return all.length <= most ? all : Arrays.copyOfRange(all, all.length - most, all.length);
    }

    /** Takes from the scores of a history what must not come back: it becomes minus infinity. */
    public void mask(int history, float[] scores) {
        if (seen == Seen.REMOVED) {
            for (int item : items[history]) {
                scores[item] = Float.NEGATIVE_INFINITY;
            }
        }
        if (admitted != null) {
            for (int i = admitted.nextClearBit(0); i < scores.length; i = admitted.nextClearBit(i + 1)) {
                scores[i] = Float.NEGATIVE_INFINITY;
            }
        }
    }

    /** {@return whether an item may come back for a history} */
    public boolean admits(int history, int item) {
        return (admitted == null || admitted.get(item))
                && (seen == Seen.KEPT || Arrays.stream(items[history]).noneMatch(i -> i == item));
    }
}
