package dev.sidereal.eval.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class VMeasureTest {
    private static final Offset<Double> NEAR = Offset.offset(1e-12);

    @Test
    void equalsEntropiesOfScipy() {
        // scipy 1.10.1: scipy.stats.entropy of the counts of classes, clusters and both.
        int[] classes = {3, 2, 2, 3, 2, 3, 3, 0, 0, 1, 1, 3, 3, 0, 1, 3, 0, 3, 0, 1, 3, 1, 1, 1, 2, 1, 3, 1, 1, 2};
        int[] clusters = {3, 3, 2, 0, 1, 3, 3, 2, 0, 1, 1, 3, 3, 2, 1, 3, 0, 3, 0, 1, 3, 1, 1, 4, 2, 1, 2, 1, 1, 2};
        VMeasure measure = VMeasure.of(classes, clusters);
        assertThat(measure.homogeneity()).isCloseTo(0.6312824370433562, NEAR);
        assertThat(measure.completeness()).isCloseTo(0.5864498691900261, NEAR);
        assertThat(measure.value()).isCloseTo(0.6080408653543337, NEAR);
    }

    @Test
    void namesOfClustersDoNotMatter() {
        assertThat(VMeasure.of(new int[] {0, 0, 1, 1}, new int[] {7, 7, 3, 3}).value())
                .isCloseTo(1, NEAR);
    }

    @Test
    void oneClusterIsCompleteAndTellsNothing() {
        VMeasure measure = VMeasure.of(new int[] {0, 0, 1, 1}, new int[] {5, 5, 5, 5});
        assertThat(measure.completeness()).isEqualTo(1);
        assertThat(measure.value()).isCloseTo(0, NEAR);
    }

    @Test
    void nothingIsRefused() {
        assertThatThrownBy(() -> VMeasure.of(new int[] {1}, new int[0]))
                .isInstanceOf(BadInput.class)
                .hasMessage("a clustering needs a class and a cluster for each text, got 1 and 0");
    }
}
