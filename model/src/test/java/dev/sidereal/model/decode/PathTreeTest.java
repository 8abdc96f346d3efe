package dev.sidereal.model.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BudgetExceeded;
import java.util.List;
import org.junit.jupiter.api.Test;

class PathTreeTest {
    private final PathTree tree = new PathTree(TinyConfig.LLAMA.config(), 10);

    @Test
    void nodesAreNumberedInTheOrderTheyWereFedAndKnowTheirPath() {
        assertThat(tree.grow(List.of(Branch.of(DecodeSession.ROOT, Input.of(1, 2, 3)))))
                .containsExactly(2);
        assertThat(tree.grow(List.of(Branch.of(2, Input.of(4, 5)), Branch.of(1, Input.of(6)))))
                .containsExactly(4, 5);
        assertThat(tree.path(4)).containsExactly(0, 1, 2, 3, 4);
        assertThat(tree.path(5)).containsExactly(0, 1, 5);
        assertThat(tree.depth(5)).isEqualTo(2);
        assertThat(tree.size()).isEqualTo(6);
    }

    @Test
    void afterRewindingTheNumbersAreGivenOutAgain() {
        tree.grow(List.of(Branch.of(DecodeSession.ROOT, Input.of(1, 2, 3))));
        tree.rewind(1);
        assertThat(tree.grow(List.of(Branch.of(DecodeSession.ROOT, Input.of(7)))))
                .containsExactly(1);
        assertThat(tree.path(1)).containsExactly(1);
        assertThatThrownBy(() -> tree.grow(List.of(Branch.of(2, Input.of(7))))).isInstanceOf(BadConfig.class);
    }

    @Test
    void aBranchThatDoesNotFitLeavesThoseBeforeItOut() {
        assertThatThrownBy(() -> tree.grow(List.of(
                        Branch.of(DecodeSession.ROOT, Input.of(1, 2, 3)),
                        Branch.of(DecodeSession.ROOT, Input.of(new int[8])))))
                .isInstanceOf(BudgetExceeded.class);
        assertThat(tree.size()).isZero();
    }
}
