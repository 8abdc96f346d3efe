package dev.sidereal.recommend.log;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.List;

/** Ways to part a log. */
public final class Splits {
    private static final int LEAST = 3;

    private Splits() {}

    /**
     * Leave last out: the last event of each user is the test, the second last the validation, all before it the training
     * part; the history of the test holds the validation event. Users with fewer than three events take no part. Figures
     * are comparable with others of this protocol only: a user's test may lie before another's training.
     *
     * <p>Source: Kang and McAuley, arXiv 1808.09781, section IV.
     *
     * @throws BadInput if no user has three events
     */
    public static LogSplit leaveLastOut(Sequences sequences, List<String> users) {
        Sequences.Builder whole = new Sequences.Builder();
        List<String> kept = new ArrayList<>();
        for (int s = 0; s < sequences.count(); s++) {
            if (sequences.length(s) >= LEAST) {
                whole.add(sequences.get(s));
                kept.add(users.get(s));
            }
        }
        if (kept.isEmpty()) {
            throw new BadInput("no user has " + LEAST
                    + " events, which leaving the last two out needs; give a longer log" + " or split it by time");
        }
        Sequences all = whole.build();
        Sequences upToTest = all.withoutLast(1);
        Sequences train = all.withoutLast(2);
        return new LogSplit(
                "leave last out",
                train,
                new Cases(kept, train, lasts(upToTest)),
                new Cases(kept, upToTest, lasts(all)),
                upToTest);
    }

    private static int[] lasts(Sequences sequences) {
        int[] lasts = new int[sequences.count()];
        for (int s = 0; s < lasts.length; s++) {
            lasts[s] = sequences.item(s, sequences.length(s) - 1);
        }
        return lasts;
    }

    /**
     * Split at two moments for all users: events before the first are the training part; a user's first event from then on
     * is a validation case, the first from the second moment on a test case, each with everything of the user before it as
     * history. Users without history give no case.
     *
     * @param validationFrom first time that is no training, see {@code Interaction.time}
     * @param testFrom first time of the test, after {@code validationFrom}
     * @throws BadInput if a part is empty
     */
    public static LogSplit globalTime(InteractionLog log, long validationFrom, long testFrom) {
        if (testFrom <= validationFrom) {
            throw new BadConfig("the test must begin after the validation, got " + validationFrom
                    + " for the validation" + " and " + testFrom + " for the test");
        }
        Sequences.Builder train = new Sequences.Builder();
        Sequences.Builder withValidation = new Sequences.Builder();
        CaseList validation = new CaseList();
        CaseList test = new CaseList();
        for (int user = 0; user < log.users().size(); user++) {
            int first = firstFrom(log, user, validationFrom);
            int second = firstFrom(log, user, testFrom);
            if (first > 0) {
                train.add(log.items(user, 0, first));
            }
            if (second > 0) {
                withValidation.add(log.items(user, 0, second));
            }
            if (first > 0 && first < second) {
                validation.add(log, user, first);
            }
            if (second > 0 && second < log.length(user)) {
                test.add(log, user, second);
            }
        }
        if (validation.size() == 0 || test.size() == 0) {
            throw new BadInput("the log split at " + validationFrom + " and " + testFrom + " gives " + validation.size()
                    + " validation and " + test.size() + " test cases; choose moments with events on both sides");
        }
        return new LogSplit("global time", train.build(), validation.cases(), test.cases(), withValidation.build());
    }

    /**
     * As {@link #globalTime(InteractionLog, long, long)}, with the moments after these shares of all events.
     *
     * @param train share of events, such as 0.8
     * @param validation share of events, such as 0.1
     */
    public static LogSplit globalTime(InteractionLog log, double train, double validation) {
        if (!(train > 0 && validation > 0 && train + validation < 1)) {
            throw new BadConfig(
                    "the shares of training and validation must be above 0 and leave something for the test," + " got "
                            + train + " and " + validation);
        }
        long[] times = new long[log.size()];
        int n = 0;
        for (int user = 0; user < log.users().size(); user++) {
            for (int i = 0; i < log.length(user); i++) {
                times[n++] = log.time(user, i);
            }
        }
        java.util.Arrays.sort(times);
        long validationFrom = times[(int) (train * n)];
        long testFrom = times[(int) ((train + validation) * n)];
        return globalTime(log, validationFrom, testFrom);
    }

    private static int firstFrom(InteractionLog log, int user, long time) {
        int i = 0;
        while (i < log.length(user) && log.time(user, i) < time) {
            i++;
        }
        return i;
    }

    private static final class CaseList {
        private final List<String> users = new ArrayList<>();
        private final Sequences.Builder histories = new Sequences.Builder();
        private final IntList targets = new IntList();

        int size() {
            return targets.size();
        }

        void add(InteractionLog log, int user, int target) {
            users.add(log.users().get(user));
            histories.add(log.items(user, 0, target));
            targets.add(log.item(user, target));
        }

        Cases cases() {
            return new Cases(users, histories.build(), targets.toArray());
        }
    }
}
