package dev.sidereal.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Row;
import dev.sidereal.train.data.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswersTest {
    private static Row row(Text query, Text... positives) {
        Example example = new Example(query, List.of(positives), List.of(), List.of(), "", "test:1");
        return new Row(example, positives[0], List.of(), List.of(), false);
    }

    @Test
    void aTextAnswersByIdOrByTextAndEveryPositiveOfTheExampleCounts() {
        Answers answers = new Answers(List.of(
                row(new Text("q1", "one"), new Text("d1", "Moon"), new Text("d2", "Ring")),
                row(new Text("q2", "two"), new Text("d3", "Star"))));
        assertThat(answers.of(List.of(
                        new Text("d2", "changed"),
                        new Text("d9", "moon "),
                        new Text("d3", "Star"),
                        new Text("d4", "x"))))
                .containsExactly(1, 1, 0, 0, 0, 0, 1, 0);
    }

    @Test
    void queriesOfOneTextHaveTheirAnswersInCommon() {
        Answers answers = new Answers(List.of(
                row(new Text("q1", "which moon"), Text.of("a")), row(new Text("q2", "Which  moon"), Text.of("b"))));
        assertThat(answers.of(List.of(Text.of("a"), Text.of("b")))).containsExactly(1, 1, 1, 1);
    }

    @Test
    void whereARowHasNoTextNobodyHasANegative() {
        Answers answers = new Answers(List.of(row(Text.of("q"), Text.of("a")), row(Text.of("r"), Text.of("b"))));
        assertThat(answers.of(List.of(Answers.NOTHING))).containsExactly(1, 1);
    }
}
