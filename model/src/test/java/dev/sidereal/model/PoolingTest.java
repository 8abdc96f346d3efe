package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolingTest {
    /** Two texts of width 3 and 2 dims; the second has 2 real tokens. */
    private static final float[] STATES = {1, 2, 3, 4, 5, 9, 10, 20, 30, 40, 99, 99};

    @ParameterizedTest
    @CsvSource({
        "CLS, 0, 3, 1, 2",
        "CLS, 6, 2, 10, 20",
        "MEAN, 0, 3, 3, 5",
        "MEAN, 6, 2, 20, 30",
        "LAST_TOKEN, 0, 3, 5, 9",
        "LAST_TOKEN, 6, 2, 30, 40"
    })
    void paddingIsLeftOut(Pooling pooling, int start, int tokens, float first, float second) {
        assertThat(pooling.pool(STATES, start, tokens, 2)).containsExactly(first, second);
    }
}
