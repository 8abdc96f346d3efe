package dev.sidereal.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.eval.measure.Measures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RetrievalEvaluationTest {
    private static final List<Query> QUERIES =
            List.of(new Query("q1", "first"), new Query("q2", "second"), new Query("q3", "nobody judged this"));
    private static final Qrels QRELS = new Qrels(Map.of("q1", Map.of("a", 1), "q2", Map.of("b", 1)));
    private static final RetrievalEvaluation EVALUATION = RetrievalEvaluation.of(
                    QUERIES, QRELS, Measures.parse("mrr,p@1"))
            .withDepth(50)
            .withProbe(new Latency.Probe(3, 2, 1, 2));

    @Test
    void asksJudgedQueriesAsTheSystemAndMeasures() {
        List<SearchRequest> asked = new ArrayList<>();
        Retriever retriever = retriever("fake", request -> {
            asked.add(request);
            return request.text().equals("first") ? hits("a", "x") : List.of();
        });
        SystemResult result =
                EVALUATION.evaluate(List.of(retriever), Progress.none()).getFirst();
        assertThat(result.run().of("q1")).extracting(s -> s.itemId()).containsExactly("a", "x");
        assertThat(result.row())
                .containsEntry("system", "fake")
                .containsEntry("mrr", 0.5)
                .containsEntry("p@1", 0.5)
                .containsKeys("p50_ms", "p95_ms");
        assertThat(result.evaluation().missing()).containsExactly("q2");
        assertThat(asked).extracting(SearchRequest::text).doesNotContain("nobody judged this");
        assertThat(asked).allMatch(request -> request.principal().isSystem());
        // Two queries to depth 50, then one pass to warm up and two timed, with k = 3.
        assertThat(asked).extracting(SearchRequest::k).containsExactly(50, 50, 3, 3, 3, 3, 3, 3);
        assertThat(result.latency().searches()).isEqualTo(4);
    }

    @Test
    void namesTheQueryOfAFailureAndKeepsItsKind() {
        Retriever away = retriever("remote", request -> {
            throw new Unavailable("the cluster does not answer: start it");
        });
        assertThatThrownBy(() -> EVALUATION.evaluate(List.of(away), Progress.none()))
                .isInstanceOf(Unavailable.class)
                .hasMessage("system 'remote', query 'q1': the cluster does not answer: start it");
        Retriever broken = retriever("broken", request -> {
            throw new ArrayIndexOutOfBoundsException("7");
        });
        assertThatThrownBy(() -> EVALUATION.evaluate(List.of(broken), Progress.none()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("system 'broken', query 'q1': java.lang.ArrayIndexOutOfBoundsException: 7");
    }

    @Test
    void refusesAScoreThatIsNoNumber() {
        Retriever odd = retriever("odd", request -> List.of(new Hit("a", Double.NaN, 0, List.of())));
        assertThatThrownBy(() -> EVALUATION.evaluate(List.of(odd), Progress.none()))
                .isInstanceOf(BadInput.class)
                .hasMessage("system 'odd', query 'q1': item 'a' has the score NaN, scores must be finite");
    }

    @Test
    void refusesWhatCannotBeEvaluated() {
        Retriever fake = retriever("fake", request -> hits("a"));
        assertThatThrownBy(() -> EVALUATION.evaluate(List.of(fake, fake), Progress.none()))
                .isInstanceOf(BadConfig.class)
                .hasMessage("two systems have the same name: fake, fake");
        assertThatThrownBy(() -> RetrievalEvaluation.of(List.of(new Query("z", "z")), QRELS, Measures.standard()))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "none of the queries is judged: check that queries and judgments are of the same collection and"
                                + " split");
        assertThatThrownBy(() -> EVALUATION.withDepth(0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("depth must be at least 1, got 0");
    }

    @Test
    void percentilesAreByNearestRank() {
        long[] nanos = new long[20];
        for (int i = 0; i < 20; i++) {
            nanos[i] = (20 - i) * 1_000_000L;
        }
        assertThat(Latency.of(nanos)).isEqualTo(new Latency(10, 19, 20));
        assertThat(Latency.of(new long[] {5_000_000})).isEqualTo(new Latency(5, 5, 1));
    }

    private static Retriever retriever(String name, Function<SearchRequest, List<Hit>> answer) {
        return new Retriever() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public List<Hit> retrieve(SearchRequest request) {
                return answer.apply(request);
            }
        };
    }

    private static List<Hit> hits(String... ids) {
        List<Hit> hits = new ArrayList<>();
        for (String id : ids) {
            hits.add(new Hit(id, 10 - hits.size(), 0, List.of()));
        }
        return hits;
    }
}
