package dev.sidereal.cli;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.format.TrecRunFile;
import dev.sidereal.eval.Averaging;
import dev.sidereal.eval.Evaluation;
import dev.sidereal.eval.Evaluator;
import dev.sidereal.eval.Measured;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code measure}: figures of run files. */
@Command(
        name = "measure",
        description = {
            "Measure TREC run files against judgments, with trec_eval's figures.",
            "",
            "Examples:",
            "  ./sidereal measure --qrels qrels.txt --run bm25.trec",
            "  ./sidereal measure --qrels test.tsv --run a.trec,b.trec.gz --measures ndcg@10,map,p@5 --per-query --json"
        })
final class MeasureVerb implements Verb {
    @Mixin
    final QrelsOption qrels = new QrelsOption();

    @Option(names = "--run", required = true, split = ",", paramLabel = "F", description = "Run files, .gz or not.")
    List<Path> runs = List.of();

    @Mixin
    final MeasuresOption measures = new MeasuresOption();

    @Option(names = "--per-query", description = "Also the figures of each query.")
    boolean perQuery;

    @Option(
            names = "--complete",
            description = "Count judged queries without results as zero (trec_eval -c) instead of leaving them out.")
    boolean complete;

    @Override
    public Outcome run(Session session) {
        Qrels judged = qrels.read();
        Evaluator evaluator = new Evaluator(measures.parsed(), complete ? Averaging.COMPLETE : Averaging.RETRIEVED);
        List<Map<String, Object>> rows = new ArrayList<>();
        Map<String, Map<String, Map<String, Double>>> queries = new LinkedHashMap<>();
        for (Path file : runs) {
            Run run = TrecRunFile.read(file);
            Evaluation evaluation = evaluator.evaluate(run, judged);
            evaluation.caveats().forEach(caveat -> session.say(run.name() + ": " + caveat.sentence()));
            rows.add(evaluation.row());
            queries.put(run.name(), byQuery(evaluation));
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", rows);
        json.put(
                "circumstances",
                Map.of("qrels", qrels.file.toString(), "averaging", complete ? "complete" : "retrieved"));
        StringBuilder text = new StringBuilder(new RowTable(rows).render(session.width()));
        if (perQuery) {
            json.put("per_query", queries);
            queries.forEach((system, figures) -> text.append("%n%n%s%n".formatted(system))
                    .append(table(figures).render(session.width())));
        }
        return Outcome.of(json, text.toString());
    }

    /** {@return query id to measure to value} */
    private static Map<String, Map<String, Double>> byQuery(Evaluation evaluation) {
        Map<String, Map<String, Double>> byQuery = new LinkedHashMap<>();
        for (Measured measured : evaluation.measures()) {
            measured.perQuery()
                    .forEach((query, value) -> byQuery.computeIfAbsent(query, q -> new LinkedHashMap<>())
                            .put(measured.name(), value));
        }
        return byQuery;
    }

    private static RowTable table(Map<String, Map<String, Double>> figures) {
        List<Map<String, Object>> rows = new ArrayList<>();
        figures.forEach((query, values) -> {
            Map<String, Object> row = new LinkedHashMap<>();
            row.put("query", query);
            row.putAll(values);
            rows.add(row);
        });
        return new RowTable(rows);
    }
}
