package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.model.Tokenizer.Tokens;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class BatchesTest {
    @Property(tries = 200)
    void everyTextIsInOneBatchWithinTheBudgetLongestFirst(
            @ForAll @Size(max = 60) List<@IntRange(min = 1, max = 90) Integer> lengths,
            @ForAll @IntRange(min = 1, max = 300) int budget) {
        Tokens[] texts =
                lengths.stream().map(n -> new Tokens(new long[n], false)).toArray(Tokens[]::new);
        List<int[]> batches = Batches.of(texts, budget);
        assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
                .isEqualTo(java.util.stream.IntStream.range(0, texts.length).toArray());
        int before = Integer.MAX_VALUE;
        for (int[] batch : batches) {
            int width = texts[batch[0]].count();
            assertThat(batch.length == 1 || batch.length * width <= budget).isTrue();
            for (int text : batch) {
                assertThat(texts[text].count()).isLessThanOrEqualTo(Math.min(width, before));
            }
            before = texts[batch[batch.length - 1]].count();
        }
    }
}
