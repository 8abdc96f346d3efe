package dev.sidereal.train.negatives.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.batch.BatchNegatives.Scope;
import dev.sidereal.train.negatives.batch.InBatchMask.Column;
import dev.sidereal.train.negatives.batch.InBatchMask.Row;
import dev.sidereal.train.negatives.corpus.Clusters;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchTest {
    @Test
    void aDocumentThatAnswersARowIsMaskedThereByNumberAndByText() {
        // Rows 0 and 1 share document 7; document 9 is a copy of row 2's positive 8; row 0 has positive 5 outside the
        // batch.
        List<Row> rows = List.of(
                new Row(Set.of(7, 5), Set.of(70L, 50L)),
                new Row(Set.of(7), Set.of(70L)),
                new Row(Set.of(8), Set.of(80L)));
        List<Column> columns =
                List.of(new Column(7, 70), new Column(7, 70), new Column(8, 80), new Column(9, 80), new Column(-1, 50));
        assertThat(InBatchMask.of(rows, columns)).isDeepEqualTo(new boolean[][] {
            {false, false, true, false, false}, {false, false, true, false, true}, {true, false, false, false, true}
        });
    }

    @Test
    void logQTakesOffTheLogOfTheShare() {
        LogQ logQ = new LogQ(new int[] {1, 3, 0});
        assertThat(logQ.of(0)).isCloseTo((float) Math.log(4), within(1e-6f));
        assertThat(logQ.of(1)).isCloseTo((float) -Math.log(0.75), within(1e-6f));
        assertThat(logQ.of(2)).isZero();
    }

    @Test
    void theQueueIsFirstInFirstOutAndForgetsWhatIsOld() {
        MemoryQueue queue = new MemoryQueue(3, 10);
        for (int step = 0; step < 5; step++) {
            queue.add(new MemoryQueue.Entry(new Column(step, step), new float[] {step}, step));
        }
        assertThat(queue.at(4)).extracting(MemoryQueue.Entry::step).containsExactly(2L, 3L, 4L);
        assertThat(queue.at(13)).extracting(MemoryQueue.Entry::step).containsExactly(3L, 4L);
        assertThat(queue.at(15)).isEmpty();
    }

    @Test
    void batchesAreOfOneTopicAndEveryQueryComesOnce() {
        float[][] vectors = IntStream.range(0, 50)
                .mapToObj(i -> i < 22 ? new float[] {1, i / 1000f} : new float[] {i / 1000f, 1})
                .toArray(float[][]::new);
        Clusters clusters = Clusters.fit(new HeapVectors(vectors), 2, 4);
        List<List<Integer>> batches = TopicBatches.epoch(clusters, 8, 1);
        assertThat(batches.stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, 50).boxed().toList());
        assertThat(batches.stream()
                        .filter(b -> b.stream().map(clusters::of).distinct().count() == 1 && b.size() == 8))
                .hasSizeGreaterThanOrEqualTo(22 / 8 + 28 / 8);
        assertThat(TopicBatches.epoch(clusters, 8, 1)).isEqualTo(batches);
        assertThat(TopicBatches.epoch(clusters, 8, 2)).isNotEqualTo(batches);
    }

    @Test
    void mixedNegativesAreUnitVectorsNearerToTheNegative() {
        float[] mixed = EmbeddingMix.withPositive(new float[] {1, 0}, new float[] {0, 1}, 0.25);
        assertThat(mixed[0]).isCloseTo((float) (0.25 / Math.sqrt(0.625)), within(1e-6f));
        assertThat(mixed[1]).isCloseTo((float) (0.75 / Math.sqrt(0.625)), within(1e-6f));
        assertThatThrownBy(() -> EmbeddingMix.withPositive(mixed, mixed, 0.5))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the positive's share in a mixed negative must be 0 to below 0.5, got 0.5");
    }

    @Test
    void aQueueWithoutRoomIsRefused() {
        assertThatThrownBy(() -> new BatchNegatives(Scope.QUEUE, false, false, 0, 5))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "a queue of past documents needs a size and an age of at least 1, other scopes have 0; got size"
                                + " 0 and age 5 for QUEUE");
    }
}
