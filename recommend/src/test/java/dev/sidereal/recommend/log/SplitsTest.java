package dev.sidereal.recommend.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SplitsTest {
    @Test
    void theLastItemIsTheTestAndTheOneBeforeItTheValidation() {
        Sequences sequences = Sequences.of(List.of(new int[] {1, 2, 3, 4}, new int[] {5, 6}, new int[] {7, 8, 9}));
        LogSplit split = Splits.leaveLastOut(sequences, List.of("ann", "bob", "cid"));
        assertThat(split.train()).isEqualTo(Sequences.of(List.of(new int[] {1, 2}, new int[] {7})));
        assertThat(split.validation().histories()).isEqualTo(split.train());
        assertThat(split.validation().targets()).containsExactly(3, 8);
        assertThat(split.test().users()).containsExactly("ann", "cid");
        assertThat(split.test().histories()).isEqualTo(Sequences.of(List.of(new int[] {1, 2, 3}, new int[] {7, 8})));
        assertThat(split.test().targets()).containsExactly(4, 9);
    }

    @Property(tries = 50)
    void leavingLastOutLeaksNothingAndLosesNothing(@ForAll long seed, @ForAll @IntRange(min = 1, max = 30) int users) {
        Random random = new Random(seed);
        List<int[]> all = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (int u = 0; u < users; u++) {
            all.add(random.ints(3 + random.nextInt(6), 0, 9).toArray());
            names.add("u" + u);
        }
        Sequences whole = Sequences.of(all);
        LogSplit split = Splits.leaveLastOut(whole, names);
        assertThat(LeakCheck.ofLeaveLastOut(split, whole)).isEmpty();
        assertThat(split.train().events() + 2 * users).isEqualTo(whole.events());
    }

    @Test
    void aTrainingPartThatKnowsTheTestIsFound() {
        Sequences whole = Sequences.of(List.of(new int[] {1, 2, 3, 4}));
        LogSplit honest = Splits.leaveLastOut(whole, List.of("ann"));
        LogSplit leaky = new LogSplit("made up", whole, honest.validation(), honest.test(), whole);
        assertThat(LeakCheck.ofLeaveLastOut(leaky, whole))
                .containsExactly("the training sequence of user 'ann' holds 4 events, of which 2 come after what it may"
                        + " know");
        assertThat(LeakCheck.ofCases(whole, List.of("ann"), honest.test()))
                .containsExactly(
                        "1 of 1 test events also stand in the training part after the same history, for example"
                                + " of user 'ann'; figures on them are too good");
        assertThat(LeakCheck.ofCases(honest.train(), List.of("ann"), honest.test()))
                .isEmpty();
    }

    @Property(tries = 50)
    void nothingOfTheTestIsOlderThanAnythingLearned(@ForAll long seed) {
        Random random = new Random(seed);
        InteractionLog log = InteractionLog.read(
                (bad, sink) -> {
                    for (int i = 0; i < 300; i++) {
                        sink.accept(
                                Interaction.of(
                                        "u" + random.nextInt(20), "i" + random.nextInt(10), random.nextInt(1000)),
                                "row " + i);
                    }
                },
                LogSettings.defaults(),
                Progress.none());
        LogSplit split = Splits.globalTime(log, 500, 800);
        int before = 0;
        int tested = 0;
        for (int user = 0; user < log.users().size(); user++) {
            int[] times = new int[log.length(user)];
            for (int i = 0; i < times.length; i++) {
                times[i] = (int) log.time(user, i);
            }
            before += (int) Arrays.stream(times).filter(t -> t < 500).count();
            boolean history = Arrays.stream(times).anyMatch(t -> t < 800);
            tested += history && Arrays.stream(times).anyMatch(t -> t >= 800) ? 1 : 0;
        }
        assertThat(split.train().events()).isEqualTo(before);
        assertThat(split.test().count()).isEqualTo(tested);
    }

    @Test
    void aLogTooShortToSplitIsRefused() {
        assertThatThrownBy(() -> Splits.leaveLastOut(Sequences.of(List.of(new int[] {1, 2})), List.of("ann")))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "no user has 3 events, which leaving the last two out needs; give a longer log or split it by"
                                + " time");
        InteractionLog log = InteractionLog.read(
                (bad, sink) -> {
                    sink.accept(Interaction.of("a", "x", 1), "row 1");
                    sink.accept(Interaction.of("a", "y", 2), "row 2");
                },
                LogSettings.defaults(),
                Progress.none());
        assertThatThrownBy(() -> Splits.globalTime(log, 2, 2)).isInstanceOf(BadConfig.class);
        assertThatThrownBy(() -> Splits.globalTime(log, 5, 9))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "the log split at 5 and 9 gives 0 validation and 0 test cases; choose moments with events on"
                                + " both sides");
    }

    @Test
    void sequencesAreCutToTheirMostRecentEvents() {
        Sequences cut =
                Sequences.of(List.of(new int[] {1, 2, 3}, new int[] {4})).cut(2);
        assertThat(cut).isEqualTo(Sequences.of(List.of(new int[] {2, 3}, new int[] {4})));
    }
}
