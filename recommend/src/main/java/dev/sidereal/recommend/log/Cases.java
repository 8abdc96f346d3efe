package dev.sidereal.recommend.log;

import java.util.List;

/**
 * What is asked in an evaluation: histories, each with the item that came next.
 *
 * @param users whose history each is
 * @param histories one a case, oldest first
 * @param targets the item that came next, {@code int[cases]}
 */
public record Cases(List<String> users, Sequences histories, int[] targets) {
    public Cases {
        users = List.copyOf(users);
        if (users.size() != histories.count() || users.size() != targets.length) {
            throw new IllegalArgumentException("there are " + users.size() + " users, " + histories.count()
                    + " histories and " + targets.length + " targets");
        }
    }

    /** {@return no cases} */
    public static Cases none() {
        return new Cases(List.of(), Sequences.of(List.of()), new int[0]);
    }

    /** {@return how many cases there are} */
    public int count() {
        return targets.length;
    }
}
