package dev.sidereal.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static final Dataset DATA = new Dataset(
            "toy",
            true,
            IntStream.range(0, 46)
                    .mapToObj(i -> new Example(
                            Text.of("q" + i), List.of(Text.of("p" + i)), List.of(), List.of(), "", "test:" + i))
                    .toList());
    private static final int[] TOPICS = IntStream.range(0, 46).map(i -> i % 3).toArray();

    private static List<Batch> epoch(int number) {
        return new Schedule(List.of(DATA), List.of(new Topics(DATA, TOPICS)), new Schedule.Settings(8, 0, 1, 1))
                .epoch(number);
    }

    private static Set<Integer> topics(Batch batch) {
        return batch.rows().stream()
                .map(row -> TOPICS[Integer.parseInt(row.example().query().text().substring(1))])
                .collect(Collectors.toSet());
    }

    @Test
    void batchesAreOfOneTopicAndWhatIsLeftMakesMixedOnes() {
        // 16, 15 and 15 of a topic: 2, 1 and 1 whole batches, 14 rows over.
        List<Batch> batches = epoch(0);
        assertThat(batches).hasSize(6);
        assertThat(batches.stream()
                        .filter(b -> b.rows().size() == 8 && topics(b).size() == 1)
                        .count())
                .isGreaterThanOrEqualTo(4);
        List<Example> seen = new ArrayList<>();
        batches.forEach(batch -> batch.rows().forEach(row -> seen.add(row.example())));
        assertThat(seen).hasSize(46).doesNotHaveDuplicates();
    }

    @Test
    void anotherEpochHasOtherBatchesAndTheSameEpochTheSame() {
        assertThat(epoch(1)).isEqualTo(epoch(1)).isNotEqualTo(epoch(0));
    }

    @Test
    void topicsOfAnotherNumberOfExamplesAreRefused() {
        assertThatThrownBy(() -> new Topics(DATA, new int[3]))
                .isInstanceOf(BadConfig.class)
                .hasMessage("toy has 46 examples, and there are 3 topics; give one for each.");
    }
}
