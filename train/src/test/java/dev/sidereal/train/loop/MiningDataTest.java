package dev.sidereal.train.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.MiningSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MiningDataTest {
    private static Example example(String query, String... positives) {
        List<Text> texts = List.of(positives).stream().map(Text::of).toList();
        return new Example(Text.of(query), texts, List.of(), List.of(), "", "test:" + query);
    }

    /** Numbers of positives 1, 3 and 2 in turn, the first query on two lines. */
    private static Dataset ragged() {
        List<Example> examples = new ArrayList<>(List.of(
                example("moon", "moon a"),
                example("ring", "ring a", "ring b", "ring c"),
                example("star", "star a", "star b")));
        examples.add(example("moon", "moon b"));
        return new Dataset("ragged", true, examples);
    }

    @Test
    void aQueryHasThePositivesOfAllItsLines() {
        try (MiningData data = MiningData.of(ragged())) {
            assertThat(data.queries()).extracting(MiningQuery::id).containsExactly("moon", "ring", "star");
            assertThat(data.queries()).extracting(q -> q.positives().size()).containsExactly(2, 3, 2);
        }
    }

    @Test
    void noLineOfARaggedSetGetsAPositiveOfItsQueryAsANegative() {
        try (MiningData data = MiningData.of(ragged())) {
            MinedSet set = new MiningJob(
                            data, "naive-topk", MiningSettings.of(1).withNegatives(3), UnaryOperator.identity())
                    .mine(new HashingEncoder(64), 0);
            assertThat(set.in(ragged()).examples())
                    .allSatisfy(example -> assertThat(example.negatives())
                            .hasSize(3)
                            .noneMatch(negative ->
                                    negative.text().startsWith(example.query().text())));
        }
    }

    @Test
    void aPositiveThatIsNotAmongTheDocumentsIsRefused() {
        assertThatThrownBy(() -> MiningData.of(ragged(), Stream.of(Item.of("moon a", "", "x"))))
                .isInstanceOf(BadInput.class)
                .hasMessage("test:ring: the positive 'ring a' is not among the 1 documents to mine from; mine from the"
                        + " corpus that the data names");
    }
}
