package dev.sidereal.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static Example example(String query, String... positives) {
        return new Example(
                Text.of(query),
                List.of(positives).stream().map(Text::of).toList(),
                List.of(Text.of(query + " no 1"), Text.of(query + " no 2"), Text.of(query + " no 3")),
                List.of(),
                "",
                "test:1");
    }

    private static Dataset data(String name, int size) {
        return new Dataset(
                name,
                true,
                IntStream.range(0, size)
                        .mapToObj(i -> example(name + i, "for " + name + i, "also " + name + i))
                        .toList());
    }

    private static Schedule schedule(int batchSize, int bucket, Dataset... datasets) {
        return new Schedule(List.of(datasets), new Schedule.Settings(batchSize, 2, bucket, 1));
    }

    @Test
    void theSameEpochIsTheSameAndAnotherIsNot() {
        List<Batch> first = schedule(4, 4, data("a", 40), data("b", 20)).epoch(0);
        assertThat(schedule(4, 4, data("a", 40), data("b", 20)).epoch(0)).isEqualTo(first);
        assertThat(schedule(4, 4, data("a", 40), data("b", 20)).epoch(1)).isNotEqualTo(first);
    }

    @Test
    void anEpochHoldsEachExampleOnceAndEachBatchOneDataset() {
        List<Batch> batches = schedule(4, 4, data("a", 42), data("b", 20)).epoch(3);
        List<Example> seen = new ArrayList<>();
        for (Batch batch : batches) {
            batch.rows().forEach(row -> seen.add(row.example()));
            assertThat(batch.dataset().examples())
                    .containsAll(batch.rows().stream().map(Row::example).toList());
        }
        assertThat(seen).hasSize(62).doesNotHaveDuplicates();
    }

    @Test
    void theFirstBatchIsDrawnInProportionToTheBatchesADatasetHas() {
        Schedule schedule = schedule(4, 1, data("a", 60), data("b", 20));
        int epochs = 2_000;
        long fromA = IntStream.range(0, epochs)
                .filter(e -> schedule.epoch(e).getFirst().dataset().name().equals("a"))
                .count();
        // Five standard deviations of a share of three quarters.
        assertThat(fromA / (double) epochs).isCloseTo(.75, Offset.offset(5 * Math.sqrt(.75 * .25 / epochs)));
    }

    @Test
    void oneOfManyPositivesIsDrawnEachEpoch() {
        Schedule schedule = schedule(4, 1, data("a", 8));
        Map<String, Integer> drawn = new HashMap<>();
        for (int epoch = 0; epoch < 400; epoch++) {
            for (Batch batch : schedule.epoch(epoch)) {
                batch.rows().forEach(row -> drawn.merge(row.positive().id(), 1, Integer::sum));
                assertThat(batch.rows())
                        .allSatisfy(row -> assertThat(row.example().positives()).contains(row.positive()));
            }
        }
        assertThat(drawn).hasSize(16).allSatisfy((_, times) -> assertThat(times).isBetween(150, 250));
    }

    @Test
    void negativesAreDrawnWithTheirScores() {
        Example scored = new Example(
                Text.of("q"),
                List.of(Text.of("p")),
                List.of(Text.of("n0"), Text.of("n1"), Text.of("n2")),
                List.of(9.0, 0.0, 1.0, 2.0),
                "",
                "test:1");
        Set<List<Text>> draws = new HashSet<>();
        for (int epoch = 0; epoch < 50; epoch++) {
            Row row = schedule(4, 1, new Dataset("s", true, List.of(scored)))
                    .epoch(epoch)
                    .getFirst()
                    .rows()
                    .getFirst();
            assertThat(row.scores()).hasSize(3).startsWith(9.0);
            for (int i = 0; i < 2; i++) {
                assertThat(row.negatives().get(i).text())
                        .isEqualTo("n" + row.scores().get(i + 1).intValue());
            }
            draws.add(row.negatives());
        }
        assertThat(draws).hasSize(6);
    }

    @Test
    void noRowsPositiveAnswersAnotherRowOfItsBatch() {
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            // Neighbours share a document.
            examples.add(example("q" + i, "d" + i, "d" + (i + 1)));
        }
        List<Batch> batches =
                schedule(8, 1, new Dataset("chain", true, examples)).epoch(0);
        assertThat(batches.stream().mapToInt(b -> b.rows().size()).sum()).isEqualTo(30);
        assertThat(batches.getFirst().rows()).hasSizeGreaterThan(1);
        for (Batch batch : batches) {
            for (Row row : batch.rows()) {
                assertThat(batch.rows())
                        .filteredOn(other -> !other.equals(row))
                        .noneMatch(other -> row.example().positives().contains(other.positive()));
            }
        }
    }

    @Test
    void hardOnlyDataMayRepeatDocumentsInABatch() {
        List<Example> examples = IntStream.range(0, 8)
                .mapToObj(i -> example("q" + i, "the class"))
                .toList();
        Dataset classes = new Dataset("classes", true, examples);
        assertThat(schedule(8, 1, classes.hardOnly()).epoch(0)).hasSize(1);
        assertThat(schedule(8, 1, classes).epoch(0)).hasSize(8);
    }

    @Test
    void bucketsPutTextsOfLikeLengthTogether() {
        List<Example> examples = IntStream.range(0, 64)
                .mapToObj(i -> example("q" + i, "x".repeat(10 * i + 10)))
                .toList();
        Dataset data = new Dataset("lengths", true, examples);
        assertThat(spread(schedule(8, 8, data))).isEqualTo(70);
        assertThat(spread(schedule(8, 1, data))).isGreaterThan(200);
    }

    private static int spread(Schedule schedule) {
        return schedule.epoch(0).stream()
                .mapToInt(batch -> {
                    var lengths = batch.rows().stream()
                            .mapToInt(row -> row.positive().text().length())
                            .summaryStatistics();
                    return lengths.getMax() - lengths.getMin();
                })
                .max()
                .orElseThrow();
    }

    @Test
    void aQueryStaysOnItsSideWhenDataGrows() {
        Split small = Split.of(data("a", 400), .25);
        Split large = Split.of(data("a", 800), .25);
        assertThat(large.dev().examples()).containsAll(small.dev().examples());
        assertThat(large.dev().examples()).hasSizeBetween(150, 250);
        assertThat(small.train().examples().size() + small.dev().examples().size())
                .isEqualTo(400);
    }

    @Test
    void aQueryOnBothSidesIsRefused() {
        Dataset train = new Dataset("train", true, List.of(example("What shines", "sun")));
        Dataset sameText = new Dataset("dev", true, List.of(example(" what shines", "star")));
        assertThatThrownBy(() -> new Split(train, sameText))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "test:1: the query ' what shines' is also in the training data at test:1; take it out of one"
                                + " of them");
        Example sameId = new Example(
                new Text("What shines", "other"), List.of(Text.of("x")), List.of(), List.of(), "", "test:2");
        assertThatThrownBy(() -> new Split(train, new Dataset("dev", true, List.of(sameId))))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("test:2: the query 'other' is also in the training data");
    }
}
