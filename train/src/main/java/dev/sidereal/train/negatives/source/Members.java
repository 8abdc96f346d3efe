package dev.sidereal.train.negatives.source;

import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/** Documents by the group they are in: numbers sorted by group, 12 bytes a document. */
final class Members {
    private final int[] documents;
    private final long[] groups;
    private final IntToLongFunction groupOf;

    Members(int size, IntToLongFunction groupOf) {
        this.groupOf = groupOf;
        long[] byDocument = IntStream.range(0, size).mapToLong(groupOf).toArray();
        // Boxed once, at start; 1 M documents take some 20 MB for a moment.
        this.documents = IntStream.range(0, size)
                .boxed()
                .sorted(Comparator.comparingLong(d -> byDocument[d]))
                .mapToInt(Integer::intValue)
                .toArray();
        this.groups = Arrays.stream(documents).mapToLong(d -> byDocument[d]).toArray();
    }

    /** {@return a hash of who is together with whom} */
    String hash() {
        return Integer.toHexString(31 * Arrays.hashCode(documents) + Arrays.hashCode(groups));
    }

    /** {@return up to k other documents of the groups of the query's positives, in random order} */
    List<Candidate> siblings(MiningQuery query, int k, Round round, String name) {
        Set<Integer> found = new LinkedHashSet<>();
        for (int positive : query.positives()) {
            long group = groupOf.applyAsLong(positive);
            for (int i = first(group); i < groups.length && groups[i] == group; i++) {
                found.add(documents[i]);
            }
        }
        found.removeAll(query.positives());
        List<Integer> order = new java.util.ArrayList<>(found);
        java.util.Collections.shuffle(order, Random.from(round.random(query.id(), name)));
        return Ranked.of(name, order.subList(0, Math.min(k, order.size())));
    }

    private int first(long group) {
        int low = 0;
        int high = groups.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (groups[middle] < group) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
