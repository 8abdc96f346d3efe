package dev.sidereal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.eval.measure.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ComparerTest {
    private static final Comparer COMPARER = Comparer.of(Measures.parse("mrr,p@1,num_ret"), 5);

    @Test
    void holdsEachSystemAgainstTheFirst() {
        // Five queries; "first" is right at rank 2 everywhere, "better" at rank 1, "worse" misses the last query.
        Comparison comparison = COMPARER.compare(
                List.of(
                        candidate("first", 2, 2, 2, 2, 2),
                        candidate("better", 1, 1, 1, 1, 1),
                        candidate("worse", 2, 2, 2, 2)),
                qrels(5));
        assertThat(comparison.baseline().system()).isEqualTo("first");
        assertThat(comparison.differences())
                .extracting(d -> d.system() + " " + d.measure())
                .containsExactly("better mrr", "worse mrr", "better p@1", "worse p@1");

        Difference better = comparison.differences("mrr").getFirst();
        assertThat(better.difference()).isCloseTo(0.5, within(1e-12));
        assertThat(List.of(better.wins(), better.ties(), better.losses())).containsExactly(5, 0, 0);
        // Of 32 signs two are as extreme; two systems are compared.
        assertThat(better.p()).isEqualTo(2.0 / 32);
        assertThat(better.holmP()).isEqualTo(4.0 / 32);
        assertThat(better.exact()).isTrue();
        assertThat(better.interval().low()).isEqualTo(0.5);

        Difference worse = comparison.differences("mrr").getLast();
        assertThat(worse.difference()).isCloseTo(-0.1, within(1e-12));
        assertThat(List.of(worse.wins(), worse.ties(), worse.losses())).containsExactly(0, 4, 1);
        assertThat(worse.p()).isEqualTo(1);
        assertThat(worse.perQuery()).containsEntry("q4", -0.5);
        assertThat(worse.row()).containsKeys("system", "measure", "difference", "low", "high", "p", "holm_p", "wins");
    }

    @Test
    void refusesRunsOfDifferentDataWithBothValues() {
        Candidate ours = candidate("ours", 1).with("data", "aaa").with("split", "test");
        Candidate theirs = candidate("theirs", 1).with("data", "bbb").with("split", "dev");
        assertThatThrownBy(() -> COMPARER.compare(List.of(ours, theirs), qrels(1)))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessage(
                        "these runs cannot be compared, they differ in data (ours: aaa, theirs: bbb) and split (ours:"
                                + " test, theirs: dev): make them anew from the same data");
    }

    @Test
    void listsOtherDifferencesWithoutRefusing() {
        Comparison comparison = COMPARER.compare(
                List.of(
                        candidate("ours", 1)
                                .with("data", "aaa")
                                .with("model", "small")
                                .with("k", "10"),
                        candidate("theirs", 1).with("data", "aaa").with("model", "large")),
                qrels(1));
        assertThat(comparison.unlike())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "model", Map.of("ours", "small", "theirs", "large"),
                        "k", Map.of("ours", "10", "theirs", "not stated")));
    }

    @Test
    void warnsOfUnknownCircumstancesAndOtherJudgments() {
        Comparison comparison = COMPARER.compare(
                List.of(candidate("ours", 1).with("judgments", "old"), candidate("theirs", 1)), qrels(1));
        assertThat(comparison.warnings())
                .contains(
                        "ours: the run names judgments old but is measured with " + Circumstances.hash(qrels(1)),
                        "theirs: nothing says how this run was made, so nothing shows that it is like the others");
    }

    @Test
    void warnsWhenOneSystemIsJudgedLess() {
        Run judged = new Run("judged", Map.of("q0", List.of(new Scored("right", 2))));
        Run unjudged = new Run("unjudged", Map.of("q0", List.of(new Scored("right", 2), new Scored("x", 1))));
        Comparison comparison = COMPARER.compare(List.of(Candidate.of(judged), Candidate.of(unjudged)), qrels(1));
        assertThat(comparison.warnings())
                .contains(
                        "unjudged: 50 % of the first 10 results were never judged, against 0 % of the baseline's: part of"
                                + " the difference may be judging");
    }

    @Test
    void refusesOneRunOrTwoOfOneName() {
        assertThatThrownBy(() -> COMPARER.compare(List.of(candidate("a", 1)), qrels(1)))
                .isInstanceOf(BadConfig.class)
                .hasMessage("a comparison needs a baseline and at least one more run, got 1");
        assertThatThrownBy(() -> COMPARER.compare(List.of(candidate("a", 1), candidate("a", 2)), qrels(1)))
                .isInstanceOf(BadConfig.class)
                .hasMessage("two runs are called 'a': give each its own name");
    }

    /** A run that has the right document at these ranks, one a query. */
    private static Candidate candidate(String name, int... ranks) {
        Map<String, List<Scored>> results = new LinkedHashMap<>();
        for (int q = 0; q < ranks.length; q++) {
            List<Scored> list = new ArrayList<>();
            for (int i = 1; i < ranks[q]; i++) {
                list.add(new Scored("wrong" + i, -i));
            }
            list.add(new Scored("right", -ranks[q]));
            results.put("q" + q, list);
        }
        return Candidate.of(new Run(name, results));
    }

    private static Qrels qrels(int queries) {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        for (int q = 0; q < queries; q++) {
            grades.put("q" + q, Map.of("right", 1));
        }
        return new Qrels(grades);
    }
}
