package dev.sidereal.model.weights;

import dev.sidereal.core.error.BadInput;
import java.util.Collection;

/** The error about a name that a checkpoint does not have, naming the nearest one that it has. */
final class ClosestName {
    /** Beyond it the search costs more than it helps. */
    private static final int MAX_LENGTH = 256;

    private static final int MAX_NAMES = 20_000;

    private ClosestName() {}

    static BadInput missing(String from, String name, Collection<String> names) {
        String nearest = of(name, names);
        return new BadInput(from + " has no tensor \"" + name + "\" among its " + names.size()
                + (nearest.isEmpty() ? "" : ", the closest is \"" + nearest + "\"")
                + "; is it a checkpoint of another architecture?");
    }

    /** {@return the name at the least edit distance, empty if there is none} */
    private static String of(String name, Collection<String> names) {
        String best = "";
        int least = Integer.MAX_VALUE;
        int seen = 0;
        for (String other : names) {
            if (++seen > MAX_NAMES || name.length() > MAX_LENGTH) {
                break;
            }
            int distance = other.length() > MAX_LENGTH ? Integer.MAX_VALUE : distance(name, other);
            if (distance < least) {
                least = distance;
                best = other;
            }
        }
        return best;
    }

    /** {@return how many letters must be put in, taken out or changed} */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
