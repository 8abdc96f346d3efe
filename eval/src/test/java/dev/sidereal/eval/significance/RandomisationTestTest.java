package dev.sidereal.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RandomisationTestTest {
    private static final RandomisationTest TEST = new RandomisationTest(100_000, 7);

    @Test
    void countsAllSignsOfAFewQueries() {
        // Of 2^5 signs only all plus and all minus reach the observed mean.
        assertThat(TEST.test(new double[] {0.1, 0.2, 0.3, 0.4, 0.5}))
                .isEqualTo(new RandomisationTest.Result(2.0 / 32, true));
        // The sums of +-1 +-2 +-3 are 6, 4, 2, 0, 0, -2, -4, -6; observed are 2 and 4.
        assertThat(TEST.test(new double[] {1, -2, 3}).p()).isEqualTo(6.0 / 8);
        assertThat(TEST.test(new double[] {-1, 2, 3}).p()).isEqualTo(4.0 / 8);
    }

    @Test
    void equalSystemsDoNotDiffer() {
        assertThat(TEST.test(new double[50])).isEqualTo(new RandomisationTest.Result(1, true));
    }

    @Property(tries = 100)
    void agreesWithBruteForce(@ForAll @Size(min = 1, max = 12) List<@IntRange(min = -5, max = 5) Integer> tenths) {
        double[] differences = tenths.stream().mapToDouble(t -> t / 10.0).toArray();
        int observed = Math.abs(tenths.stream().mapToInt(Integer::intValue).sum());
        long extreme = 0;
        for (int mask = 0; mask < 1 << tenths.size(); mask++) {
            int sum = 0;
            for (int i = 0; i < tenths.size(); i++) {
                sum += (mask >> i & 1) == 1 ? tenths.get(i) : -tenths.get(i);
            }
            extreme += Math.abs(sum) >= observed ? 1 : 0;
        }
        double p = (double) extreme / (1 << tenths.size());
        assertThat(TEST.test(differences).p()).isCloseTo(p, within(1e-12));
    }

    @Test
    void drawingComesCloseToCounting() {
        Random random = new Random(5);
        double[] differences = random.doubles(16, -0.4, 0.6).toArray();
        double exact = TEST.test(differences).p();
        RandomisationTest.Result drawn = new RandomisationTest(60_000, 11).test(differences);
        assertThat(drawn.exact()).isFalse();
        assertThat(drawn.p()).isCloseTo(exact, within(4 * Math.sqrt(exact * (1 - exact) / 60_000) + 1e-4));
    }

    @Test
    void raisesFalseAlarmsAtTheLevelItPromises() {
        Random random = new Random(17);
        int alarms = 0;
        int trials = 2_000;
        for (int t = 0; t < trials; t++) {
            double[] differences = random.doubles(40, -1, 1).toArray();
            alarms += new RandomisationTest(1_000, t).test(differences).p() <= 0.05 ? 1 : 0;
        }
        // Four standard errors about 5 %.
        assertThat((double) alarms / trials).isCloseTo(0.05, within(4 * Math.sqrt(0.05 * 0.95 / trials)));
    }

    @Test
    void isRepeatableAndSeesALargeDifference() {
        double[] differences = new Random(1).doubles(1_000, -0.4, 0.6).toArray();
        RandomisationTest.Result result = TEST.test(differences);
        assertThat(result.p()).isEqualTo(1.0 / 100_001);
        assertThat(TEST.test(differences)).isEqualTo(result);
    }

    @Test
    void refusesNoPermutations() {
        assertThatThrownBy(() -> new RandomisationTest(0, 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("permutations must be at least 1, got 0");
    }
}
