package dev.sidereal.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.eval.measure.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every printed figure of trec_eval, per query and over all, against ours. */
class TrecEvalTest {
    @ParameterizedTest
    @ValueSource(strings = {"ties", "signs", "gaps", "unicode", "flat"})
    void printsWhatVersion9Prints(String name) {
        check(name, name + ".v9.txt", Averaging.RETRIEVED, "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ties", "signs", "gaps", "unicode", "flat"})
    void printsWhatVersion9PrintsWithAnotherLevelOfRelevance(String name) {
        check(name, name + ".v9-l2.txt", Averaging.RETRIEVED, "rel=2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ties", "signs", "gaps", "unicode", "flat"})
    void printsWhatVersion10PrintsOverAllJudgedQueries(String name) {
        check(name, name + ".v10-c.txt", Averaging.COMPLETE, "ties=trec10");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ties", "signs", "gaps", "unicode", "flat"})
    void cutReciprocalRankIsThatOfACutRun(String name) {
        Evaluation evaluation = new Evaluator(Measures.parse("mrr@10"), Averaging.RETRIEVED)
                .evaluate(Golden.run(name), Golden.qrels(name));
        List<Golden.Line> printed = Golden.output(name + ".v9-M10.txt");
        assertThat(lines("recip_rank", evaluation.measure("mrr@10"))).containsExactlyInAnyOrderElementsOf(printed);
    }

    private static void check(String name, String file, Averaging averaging, String setting) {
        List<Golden.Line> printed = Golden.output(file);
        Map<String, List<Golden.Line>> byMeasure = new LinkedHashMap<>();
        printed.forEach(line -> byMeasure
                .computeIfAbsent(line.measure(), m -> new ArrayList<>())
                .add(line));
        assertThat(byMeasure).hasSizeGreaterThan(20);
        byMeasure.forEach((trecName, lines) -> {
            boolean settled = setting.isEmpty() || (setting.startsWith("rel") && !takesLevel(trecName));
            Evaluation evaluation = new Evaluator(
                            Measures.parse(settled ? trecName : trecName + "(" + setting + ")"), averaging)
                    .evaluate(Golden.run(name), Golden.qrels(name));
            assertThat(lines(trecName, evaluation.measures().getFirst()))
                    .as("%s of %s", trecName, file)
                    .containsExactlyInAnyOrderElementsOf(lines);
        });
    }

    private static boolean takesLevel(String trecName) {
        return !trecName.startsWith("ndcg") && !trecName.equals("num_q") && !trecName.equals("num_ret");
    }

    private static List<Golden.Line> lines(String trecName, Measured measured) {
        List<Golden.Line> lines = new ArrayList<>();
        if (!trecName.equals("gm_map") && !trecName.equals("num_q")) {
            measured.perQuery()
                    .forEach((query, value) -> lines.add(new Golden.Line(trecName, query, measured.printed(value))));
        }
        lines.add(new Golden.Line(trecName, "all", measured.printed()));
        return lines;
    }
}
