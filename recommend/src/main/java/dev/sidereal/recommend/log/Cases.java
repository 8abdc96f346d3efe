package dev.sidereal.recommend.log;

import java.util.ArrayList;
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

    /** {@return these cases, or as many of them at equal distances} */
    public Cases atMost(int most) {
        if (count() <= most) {
            return this;
        }
        List<String> some = new ArrayList<>();
        Sequences.Builder builder = new Sequences.Builder();
        int[] wanted = new int[most];
        for (int i = 0; i < most; i++) {
            int c = (int) ((long) i * count() / most);
            some.add(users.get(c));
            builder.add(histories.get(c));
            wanted[i] = targets[c];
        }
        return new Cases(some, builder.build(), wanted);
    }
}
