package dev.sidereal.model.decode.torch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.decode.Branch;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.PathTree;
import dev.sidereal.model.decode.TinyConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AttentionPlanTest {
    private final PathTree tree = new PathTree(TinyConfig.LLAMA.config(), 1_000);

    @Test
    void beamsOfOnePromptShareItsKeys() {
        tree.grow(List.of(Branch.of(DecodeSession.ROOT, Input.of(1, 2, 3))));
        AttentionPlan plan = grow(List.of(Branch.of(2, Input.of(4)), Branch.of(2, Input.of(5))));
        assertThat(plan.groups()).isEqualTo(1);
        assertThat(plan.keysLieInOrder()).isTrue();
        assertThat(plan.keyNodes()).containsExactly(0, 1, 2, 3, 4);
        assertThat(plan.mask()).containsExactly(1, 1, 1, 1, 0, 1, 1, 1, 0, 1);
    }

    @Test
    void promptsOfTheirOwnAreGroupsOfTheirOwn() {
        AttentionPlan plan = grow(
                List.of(Branch.of(DecodeSession.ROOT, Input.of(1, 2)), Branch.of(DecodeSession.ROOT, Input.of(5))));
        assertThat(plan.groups()).isEqualTo(2);
        assertThat(plan.queryRows()).containsExactly(0, 1, 2, 0);
        assertThat(plan.slots()).containsExactly(0, 1, 2);
        assertThat(plan.keyNodes()).containsExactly(0, 1, 2, 0);
        assertThat(plan.mask()).containsExactly(1, 0, 1, 1, 1, 0, 1, 0);
        assertThat(plan.keysLieInOrder()).isFalse();
    }

    @Property(tries = 200)
    void eachNewPositionLooksAtExactlyItsPath(@ForAll long seed) {
        var random = new java.util.Random(seed);
        PathTree grown = new PathTree(TinyConfig.LLAMA.config(), 1_000);
        for (int feed = 0; feed < 4; feed++) {
            List<Branch> branches = new ArrayList<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                int parent = random.nextInt(grown.size() + 1) - 1;
                branches.add(Branch.of(parent, Input.of(new int[1 + random.nextInt(4)])));
            }
            int first = grown.size();
            grown.grow(branches);
            AttentionPlan plan = AttentionPlan.of(grown, first, branches);
            for (int node = first; node < grown.size(); node++) {
                int slot = plan.slots()[node - first];
                assertThat(plan.queryRows()[slot]).isEqualTo(node - first);
                assertThat(seen(plan, slot)).containsExactly(grown.path(node));
            }
        }
    }

    private AttentionPlan grow(List<Branch> branches) {
        int first = tree.size();
        tree.grow(branches);
        return AttentionPlan.of(tree, first, branches);
    }

    /** The nodes that the mask lets a query see. */
    private static int[] seen(AttentionPlan plan, int slot) {
        int group = slot / plan.queries();
        int[] nodes = Arrays.copyOfRange(plan.keyNodes(), group * plan.keys(), (group + 1) * plan.keys());
        return java.util.stream.IntStream.range(0, plan.keys())
                .filter(i -> plan.mask()[slot * plan.keys() + i] == 1)
                .map(i -> nodes[i])
                .toArray();
    }
}
