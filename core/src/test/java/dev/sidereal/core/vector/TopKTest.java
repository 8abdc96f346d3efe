package dev.sidereal.core.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.vector.TopK.Scored;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TopKTest {
    @Property
    void keepsWhatSortingKeeps(
            @ForAll @IntRange(min = 1, max = 150) int k, @ForAll @IntRange(max = 400) int n, @ForAll long seed) {
        Random random = new Random(seed);
        List<Scored> all = new ArrayList<>();
        for (int i = 0; i < n; i++) {
            all.add(new Scored(i * 3L - 50, random.nextInt(40) / 8f));
        }
        List<Scored> sorted = all.stream()
                .sorted(Comparator.comparingDouble(Scored::score).reversed().thenComparingLong(Scored::id))
                .limit(k)
                .toList();
        Collections.shuffle(all, random);
        TopK top = new TopK(k);
        all.forEach(scored -> top.add(scored.id(), scored.score()));

        assertThat(top.best()).isEqualTo(sorted);
        assertThat(top.size()).isEqualTo(sorted.size());
    }

    @Test
    void tellsTheScoreToBeatOnceFull() {
        TopK top = new TopK(2);
        top.addAll(10, new float[] {1, Float.NEGATIVE_INFINITY, 9}, 2);
        assertThat(top.threshold()).isEqualTo(Float.NEGATIVE_INFINITY);
        top.add(12, 3);

        assertThat(top.threshold()).isEqualTo(1);
        assertThat(top.best()).containsExactly(new Scored(12, 3), new Scored(10, 1));
    }

    @Test
    void takesAnyKWithoutReservingRoom() {
        TopK top = new TopK(Integer.MAX_VALUE);
        top.addAll(0, new float[1000], 1000);

        assertThat(top.best()).hasSize(1000).startsWith(new Scored(0, 0)).endsWith(new Scored(999, 0));
    }

    @Test
    void refusesNanEvenWhenFull() {
        TopK top = new TopK(1);
        top.add(1, 5);

        assertThatThrownBy(() -> top.add(7, Float.NaN))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the score of id 7 is NaN");
        assertThatThrownBy(() -> new TopK(0)).hasMessage("k must be at least 1, got 0");
    }
}
