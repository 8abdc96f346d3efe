package dev.sidereal.recommend.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether a split gives away what it asks. Leave-last-out and time splits of ours pass by construction; splits that come
 * with data may not.
 */
public final class LeakCheck {
    private LeakCheck() {}

    /**
     * Looks for leaks in a split in which users have one sequence each, at the same place everywhere: a training sequence
     * that goes on with the validation or test event of its user, a validation history that goes on with the test event,
     * and a history that is not what came before its target.
     *
     * @param events sequences of the users of the cases, whole, in the order of the cases
     * @return one sentence a leak, at most ten; none if there is none
     */
    public static List<String> ofLeaveLastOut(LogSplit split, Sequences events) {
        List<String> leaks = new ArrayList<>();
        for (int c = 0; c < split.test().count() && leaks.size() < 10; c++) {
            int[] whole = events.get(c);
            String user = split.test().users().get(c);
            expect(leaks, user, "training sequence", split.train().get(c), whole, whole.length - 2);
            expect(
                    leaks,
                    user,
                    "history of the validation",
                    split.validation().histories().get(c),
                    whole,
                    whole.length - 2);
            expect(leaks, user, "history of the test", split.test().histories().get(c), whole, whole.length - 1);
        }
        return leaks;
    }

    private static void expect(List<String> leaks, String user, String what, int[] held, int[] whole, int length) {
        if (held.length > length) {
            leaks.add("the " + what + " of user '" + user + "' holds " + held.length + " events, of which "
                    + (held.length - length) + " come after what it may know");
        } else if (!Arrays.equals(held, Arrays.copyOf(whole, length))) {
            leaks.add("the " + what + " of user '" + user + "' is not what the user did before");
        }
    }

    /**
     * Looks for events of the test in training sequences where users may have several cases: a training sequence in which
     * the history of a test case is followed by its target.
     *
     * @param trainUsers users of the training sequences
     * @return one sentence that counts them; none if there is none
     */
    public static List<String> ofCases(Sequences train, List<String> trainUsers, Cases test) {
        java.util.Map<String, Integer> places = new java.util.HashMap<>();
        for (int s = 0; s < trainUsers.size(); s++) {
            places.put(trainUsers.get(s), s);
        }
        int leaks = 0;
        String example = "";
        for (int c = 0; c < test.count(); c++) {
            Integer s = places.get(test.users().get(c));
            if (s != null && goesOn(train.get(s), test.histories().get(c), test.targets()[c])) {
                example = leaks++ == 0 ? test.users().get(c) : example;
            }
        }
        return leaks == 0
                ? List.of()
                : List.of(leaks + " of " + test.count() + " test events also stand in the training part after the same"
                        + " history, for example of user '" + example + "'; figures on them are too good");
    }

    private static boolean goesOn(int[] sequence, int[] history, int target) {
        for (int from = 0; from + history.length < sequence.length; from++) {
            if (sequence[from + history.length] == target
                    && Arrays.equals(sequence, from, from + history.length, history, 0, history.length)) {
                return true;
            }
        }
        return false;
    }
}
