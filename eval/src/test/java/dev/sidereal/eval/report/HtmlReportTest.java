package dev.sidereal.eval.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import dev.sidereal.eval.Averaging;
import dev.sidereal.eval.Candidate;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Comparer;
import dev.sidereal.eval.Comparison;
import dev.sidereal.eval.Evaluator;
import dev.sidereal.eval.Latency;
import dev.sidereal.eval.measure.Measures;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HtmlReportTest {
    private static final String HOSTILE = "</style><script>alert(\"1\")</script>'&";
    private static final Pattern TAG = Pattern.compile("<(/?)([a-z][a-z0-9]*)(?:[^<>\"]|\"[^\"]*\")*?(/?)>");
    private static final Set<String> VOID = Set.of("meta", "br");

    @Test
    void escapesAllTextFromData() {
        String page = hostile();
        assertThat(page).doesNotContain("<script", "alert(\"1\")").contains("&lt;script&gt;alert(&quot;1&quot;)");
        // Title, heading, system, query id, query text, name and value of a circumstance.
        assertThat(page.split(Pattern.quote(Html.escape(HOSTILE)), -1).length - 1)
                .isGreaterThan(12);
    }

    @Test
    void needsNothingFromOutside() {
        assertThat(hostile()).doesNotContain("src=", "href=", "url(", "@import", "<link", "http:", "https:");
    }

    @Test
    void closesWhatItOpens() {
        for (String page : List.of(hostile(), single())) {
            Deque<String> open = new ArrayDeque<>();
            Matcher tag = TAG.matcher(page.substring(page.indexOf("</style>") + "</style>".length()));
            open.push("html");
            open.push("head");
            while (tag.find()) {
                if (tag.group(1).equals("/")) {
                    assertThat(open.pop()).as("closed at %s", tag.start()).isEqualTo(tag.group(2));
                } else if (tag.group(3).isEmpty() && !VOID.contains(tag.group(2))) {
                    open.push(tag.group(2));
                }
            }
            assertThat(open).isEmpty();
        }
    }

    @Test
    void showsFiguresDifferencesLatencyAndWarnings() {
        String page = hostile();
        assertThat(page)
                .contains("<small>baseline</small>", "<strong>1.0000</strong>", "+0.5000", "p 0.062")
                .contains("5 better, 0 equal, 0 worse", "all permutations")
                .contains("12.50", "99.00")
                .contains("nothing says how this run was made")
                .contains("differs");
    }

    @Test
    void aSingleSystemHasNoComparison() {
        assertThat(single())
                .contains("1 system, 5 queries, mean over all judged queries")
                .doesNotContain("baseline", "Query by query", "Latency");
    }

    private static String hostile() {
        Comparison comparison = Comparer.of(Measures.parse("mrr,num_ret"), 1)
                .compare(
                        List.of(
                                Candidate.of(run("first", "x", "right")).with(HOSTILE, HOSTILE),
                                Candidate.of(run(HOSTILE, "right", "x"))),
                        qrels());
        Map<String, Latency> latencies = new LinkedHashMap<>();
        latencies.put("first", new Latency(12.5, 99, 200));
        latencies.put(HOSTILE, new Latency(0, 0, 1));
        return HtmlReport.of(HOSTILE, comparison)
                .withLatencies(latencies)
                .withQueries(List.of(new Query("0" + HOSTILE, HOSTILE)))
                .html();
    }

    private static String single() {
        return HtmlReport.of(
                        "One",
                        new Evaluator(Measures.standard(), Averaging.COMPLETE).evaluate(run("bm25", "right"), qrels()),
                        Circumstances.unknown())
                .html();
    }

    private static Run run(String name, String... items) {
        Map<String, List<Scored>> results = new LinkedHashMap<>();
        for (String query : qrels().grades().keySet()) {
            results.put(
                    query,
                    IntStream.range(0, items.length)
                            .mapToObj(i -> new Scored(items[i], -i))
                            .toList());
        }
        return new Run(name, results);
    }

    private static Qrels qrels() {
        Map<String, Map<String, Integer>> grades = new LinkedHashMap<>();
        for (int q = 0; q < 5; q++) {
            grades.put(q + HOSTILE, Map.of("right", 1));
        }
        return new Qrels(grades);
    }
}
