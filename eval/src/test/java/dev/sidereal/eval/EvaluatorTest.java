package dev.sidereal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.eval.measure.Measures;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluatorTest {
    private static final Qrels QRELS = new Qrels(Map.of("q1", Map.of("a", 1, "b", 0), "q2", Map.of("c", 1)));

    @Test
    void aMissingQueryIsLeftOutOrCountedAsZeroAndNamedEitherWay() {
        Run run = new Run("bm25", Map.of("q1", List.of(new Scored("a", 2))));
        Evaluation retrieved = evaluate(run, "map", Averaging.RETRIEVED);
        assertThat(retrieved.value("map")).isEqualTo(1);
        assertThat(retrieved.queries()).isEqualTo(1);
        assertThat(retrieved.caveats())
                .extracting(Caveat::sentence)
                .containsExactly("1 of 2 judged queries has no results, such as 'q2': left out of the mean");

        Evaluation complete = evaluate(run, "map", Averaging.COMPLETE);
        assertThat(complete.value("map")).isEqualTo(0.5);
        assertThat(complete.queries()).isEqualTo(2);
        assertThat(complete.missing()).containsExactly("q2");
        assertThat(complete.measure("map").perQuery()).containsEntry("q2", 0.0);
        assertThat(complete.caveats())
                .extracting(Caveat::sentence)
                .containsExactly("1 of 2 judged queries has no results, such as 'q2': counted as 0");
    }

    @Test
    void anEmptyListOfResultsIsNoResult() {
        Run run = new Run("bm25", Map.of("q1", List.of(new Scored("a", 2)), "q2", List.of()));
        assertThat(evaluate(run, "map", Averaging.RETRIEVED).missing()).containsExactly("q2");
    }

    @Test
    void givesTheIntervalOverTiedDocuments() {
        Run constant = new Run(
                "constant",
                Map.of("q1", List.of(new Scored("a", 1), new Scored("b", 1)), "q2", List.of(new Scored("c", 1))));
        Evaluation evaluation = evaluate(constant, "mrr", Averaging.RETRIEVED);
        Measured mrr = evaluation.measure("mrr");
        assertThat(mrr.value()).isEqualTo(0.75);
        assertThat(mrr.worst()).isEqualTo(0.75);
        assertThat(mrr.best()).isEqualTo(1);
        assertThat(evaluation.caveats())
                .extracting(Caveat::sentence)
                .containsExactly(
                        "mrr is 0.7500 but could be anything from 0.7500 to 1.0000: 1 query has documents of equal"
                                + " score and different grade");
    }

    @Test
    void namesTheLowerEndFirstWhereLessIsBetter() {
        Run constant = new Run(
                "constant",
                Map.of("q1", List.of(new Scored("a", 1), new Scored("x", 1)), "q2", List.of(new Scored("c", 1))));
        assertThat(evaluate(constant, "unjudged@1", Averaging.RETRIEVED).caveats())
                .extracting(Caveat::sentence)
                .containsExactly(
                        "unjudged@1 is 0.5000 but could be anything from 0.0000 to 0.5000: 1 query has documents of"
                                + " equal score and different grade");
    }

    @Test
    void aTieWithinOneGradeIsNoCaveat() {
        Run run = new Run(
                "r", Map.of("q1", List.of(new Scored("x", 1), new Scored("y", 1)), "q2", List.of(new Scored("c", 1))));
        assertThat(evaluate(run, "mrr", Averaging.RETRIEVED).measure("mrr").dependsOnTies())
                .isFalse();
    }

    @Test
    void saysHowManyResultsWereNeverJudged() {
        Run run = new Run(
                "r",
                Map.of("q1", List.of(new Scored("a", 4), new Scored("x", 3), new Scored("y", 2), new Scored("z", 1))));
        Evaluation evaluation = evaluate(run, "p@1", Averaging.RETRIEVED);
        assertThat(evaluation.unjudgedRate()).isCloseTo(0.75, within(1e-12));
        assertThat(evaluation.caveats())
                .extracting(Caveat::sentence)
                .contains("75 % of the first 10 results were never judged and count as not relevant");
    }

    @Test
    void saysWhenTheListedOrderContradictsTheScores() {
        Run run = new Run(
                "r",
                Map.of(
                        "q1",
                        List.of(new Scored("b", 1), new Scored("a", 2)),
                        "q2",
                        List.of(new Scored("c", 1)),
                        "q9",
                        List.of(new Scored("c", 1))));
        Evaluation evaluation = evaluate(run, "mrr,mrr(ties=rank)", Averaging.RETRIEVED);
        assertThat(evaluation.value("mrr")).isEqualTo(1);
        assertThat(evaluation.value("mrr(ties=rank)")).isEqualTo(0.75);
        assertThat(evaluation.caveats())
                .extracting(Caveat::sentence)
                .containsExactly(
                        "1 query of the run has no judgments, such as 'q9': left out",
                        "1 query lists results in another order than their scores; measures go by score unless they say"
                                + " ties=rank");
    }

    @Test
    void exponentialGainPrefersHighGradesMore() {
        Qrels graded = new Qrels(Map.of("q", Map.of("a", 1, "b", 3)));
        Run run = new Run("r", Map.of("q", List.of(new Scored("a", 2), new Scored("b", 1))));
        Evaluation evaluation =
                new Evaluator(Measures.parse("ndcg@10,ndcg@10(gain=exp)"), Averaging.RETRIEVED).evaluate(run, graded);
        double discount = 1 / (Math.log(3) / Math.log(2));
        assertThat(evaluation.value("ndcg@10")).isCloseTo((1 + 3 * discount) / (3 + discount), within(1e-12));
        assertThat(evaluation.value("ndcg@10(gain=exp)")).isCloseTo((1 + 7 * discount) / (7 + discount), within(1e-12));
    }

    @Test
    void namesRunAndQueryOfADuplicate() {
        Run run = new Run("bm25", Map.of("q1", List.of(new Scored("a", 2), new Scored("a", 1))));
        assertThatThrownBy(() -> evaluate(run, "map", Averaging.RETRIEVED))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("run 'bm25', query 'q1': document 'a' is listed twice, at places 1 and 2");
    }

    @Test
    void refusesARunOfOtherQueries() {
        Run run = new Run("bm25", Map.of("31", List.of(new Scored("a", 2))));
        Qrels one = new Qrels(Map.of("q1", Map.of("a", 1)));
        assertThatThrownBy(() -> new Evaluator(Measures.standard(), Averaging.COMPLETE).evaluate(run, one))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "run 'bm25' and the judgments have no query in common: the run has 1 query such as '31', the"
                                + " judgments have 1 query such as 'q1'; check that both are of the same collection and split");
    }

    @Test
    void namesTheMeasuresThereAre() {
        Evaluation evaluation =
                evaluate(new Run("r", Map.of("q1", List.of(new Scored("a", 1)))), "map", Averaging.RETRIEVED);
        assertThat(evaluation.row()).containsExactlyInAnyOrderEntriesOf(Map.of("system", "r", "map", 1.0));
        assertThatThrownBy(() -> evaluation.value("mrr"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("'mrr' was not measured for r: there are map");
    }

    @Test
    void printsHalvesAsTrecEvalDoes() {
        assertThat(Decimals.four(1.0 / 32)).isEqualTo("0.0312");
        assertThat(Decimals.four(3.0 / 32)).isEqualTo("0.0938");
    }

    private static Evaluation evaluate(Run run, String measures, Averaging averaging) {
        return new Evaluator(Measures.parse(measures), averaging).evaluate(run, QRELS);
    }
}
