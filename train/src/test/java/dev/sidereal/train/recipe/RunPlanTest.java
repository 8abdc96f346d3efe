package dev.sidereal.train.recipe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunPlanTest {
    @ParameterizedTest
    @CsvSource({"1000, 64", "740, 64", "739, 32", "300, 16", "0, 1"})
    void aChunkIsHalvedUntilItFits(long room, int chunk) {
        assertThat(RunPlan.fitting(texts -> 100 + 10L * texts, 64, room)).isEqualTo(chunk);
    }
}
