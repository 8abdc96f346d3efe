package dev.sidereal.eval.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RankingTest {
    private static final Map<String, Integer> JUDGED = Map.of("a", 1, "b", 2, "c", 3, "d", 0, "e", -1);

    @Test
    void ordersByScoreThenByLastId() {
        Ranking ranking = Ranking.of(
                List.of(new Scored("a", 1), new Scored("b", 1), new Scored("c", 2), new Scored("x", 0)),
                JUDGED,
                Ties.TREC);
        assertThat(grades(ranking)).containsExactly(3, 2, 1, Ranking.OUTSIDE_POOL);
    }

    @Test
    void readsTheRunAsListedIfTold() {
        List<Scored> results = List.of(new Scored("a", 1), new Scored("c", 2), new Scored("b", 3));
        assertThat(grades(Ranking.of(results, JUDGED, Ties.RANK))).containsExactly(1, 3, 2);
    }

    @Test
    void scoresThatDifferBeyondThirtyTwoBitsAreTiedForVersionNineOnly() {
        List<Scored> results = List.of(new Scored("a", 1.000000002), new Scored("b", 1.000000001));
        assertThat(grades(Ranking.of(results, JUDGED, Ties.TREC))).containsExactly(2, 1);
        assertThat(grades(Ranking.of(results, JUDGED, Ties.TREC10))).containsExactly(1, 2);
    }

    @ParameterizedTest
    @EnumSource
    void refusesADocumentListedTwice(Ties ties) {
        List<Scored> results = List.of(new Scored("a", 3), new Scored("b", 2), new Scored("a", 1));
        assertThatThrownBy(() -> Ranking.of(results, JUDGED, ties))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "document 'a' is listed twice, at places 1 and 3: a system may return a document once a query,"
                                + " remove one of them");
    }

    @Test
    void countsJudgmentsByGrade() {
        Ranking ranking = Ranking.of(List.of(), JUDGED, Ties.TREC);
        assertThat(ranking.relevant(1)).isEqualTo(3);
        assertThat(ranking.relevant(2)).isEqualTo(2);
        assertThat(ranking.notRelevant(1)).isEqualTo(1);
        assertThat(ranking.notRelevant(2)).isEqualTo(2);
        assertThat(List.of(ranking.idealGrade(0), ranking.idealGrade(2), ranking.idealGrade(9)))
                .containsExactly(3, 1, 0);
    }

    /** All orders of up to six documents that are tied in part, against the two that are claimed to be extreme. */
    @Property(tries = 200)
    void noOrderOfTiedDocumentsBeatsTheInterval(
            @ForAll @Size(min = 1, max = 6) List<@IntRange(min = -2, max = 3) Integer> grades,
            @ForAll @Size(6) List<@IntRange(max = 2) Integer> scores) {
        Map<String, Integer> judged = new HashMap<>();
        List<Scored> results = new ArrayList<>();
        for (int i = 0; i < grades.size(); i++) {
            if (grades.get(i) > -2) {
                judged.put("d" + i, grades.get(i));
            }
            results.add(new Scored("d" + i, scores.get(i)));
        }
        judged.put("missed", 2);
        Ranking ranking = Ranking.of(results, judged, Ties.TREC);
        for (Measure measure : Measures.parse("ndcg@3,ndcg(gain=exp),map,mrr,p@2,recall@2,bpref,rprec,success@1")) {
            double worst = Double.POSITIVE_INFINITY;
            double best = Double.NEGATIVE_INFINITY;
            for (List<Scored> order : orders(results)) {
                double value = measure.of(Ranking.of(order, judged, Ties.RANK));
                worst = Math.min(worst, value);
                best = Math.max(best, value);
            }
            assertThat(measure.of(ranking.hurt())).as(measure.name()).isCloseTo(worst, within(1e-12));
            assertThat(measure.of(ranking.flattered())).as(measure.name()).isCloseTo(best, within(1e-12));
            assertThat(measure.of(ranking)).isBetween(worst - 1e-12, best + 1e-12);
        }
    }

    /** Every permutation that keeps scores descending. */
    private static List<List<Scored>> orders(List<Scored> results) {
        if (results.isEmpty()) {
            return List.of(List.of());
        }
        double top = results.stream().mapToDouble(Scored::score).max().orElseThrow();
        List<List<Scored>> orders = new ArrayList<>();
        for (Scored first : results) {
            if (first.score() == top) {
                List<Scored> rest = new ArrayList<>(results);
                rest.remove(first);
                for (List<Scored> tail : orders(rest)) {
                    List<Scored> order = new ArrayList<>(List.of(first));
                    order.addAll(tail);
                    orders.add(order);
                }
            }
        }
        return orders;
    }

    private static List<Integer> grades(Ranking ranking) {
        return IntStream.range(0, ranking.size()).map(ranking::grade).boxed().toList();
    }
}
