package dev.sidereal.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BootstrapTest {
    private static final Bootstrap BOOTSTRAP = new Bootstrap(10_000, 0.95, 3);

    @Test
    void constantValuesHaveAPointForAnInterval() {
        double[] values = new double[20];
        Arrays.fill(values, 0.25);
        assertThat(BOOTSTRAP.ofMean(values)).isEqualTo(new Interval(0.25, 0.25));
    }

    @Test
    void followsTheBinomialDistributionOfOnesAndZeros() {
        // 36 ones among 100: the number of ones drawn is binomial with deviation 4.8, so 95 % lie within 27 ... 45.
        double[] values = new double[100];
        Arrays.fill(values, 0, 36, 1);
        Interval interval = BOOTSTRAP.ofMean(values);
        assertThat(interval.low()).isCloseTo(0.27, within(0.0101));
        assertThat(interval.high()).isCloseTo(0.45, within(0.0101));
    }

    @Test
    void coversTheTrueMeanAboutAsOftenAsItPromises() {
        Random random = new Random(23);
        int covered = 0;
        for (int t = 0; t < 500; t++) {
            Interval interval =
                    new Bootstrap(500, 0.95, t).ofMean(random.doubles(60, 0, 1).toArray());
            covered += interval.low() <= 0.5 && 0.5 <= interval.high() ? 1 : 0;
        }
        assertThat(covered / 500.0).isBetween(0.90, 0.98);
    }

    @Test
    void refusesAConfidenceThatIsNoShare() {
        assertThatThrownBy(() -> new Bootstrap(10, 95, 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("confidence must lie between 0 and 1, such as 0.95, got 95.0");
        assertThatThrownBy(() -> new Bootstrap(0, 0.95, 1))
                .isInstanceOf(BadConfig.class)
                .hasMessage("resamples must be at least 1, got 0");
    }
}
