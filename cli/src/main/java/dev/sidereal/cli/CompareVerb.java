package dev.sidereal.cli;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Run;
import dev.sidereal.core.format.TrecRunFile;
import dev.sidereal.eval.Candidate;
import dev.sidereal.eval.Circumstances;
import dev.sidereal.eval.Comparer;
import dev.sidereal.eval.Comparison;
import dev.sidereal.eval.Difference;
import dev.sidereal.eval.Evaluation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare}: run files against a baseline. */
@Command(
        name = "compare",
        description = {
            "Hold runs against a baseline: differences, intervals and p values, query by query.",
            "",
            "The first run is the baseline. Paired randomisation test with Holm's correction over the systems, bootstrap"
                    + " intervals of 95 %. Runs that say they are of other data, splits or judgments are refused.",
            "",
            "Example:",
            "  ./sidereal compare runs/bm25.trec runs/hybrid.trec --qrels test.tsv"
        })
final class CompareVerb implements Verb {
    @Parameters(arity = "2..*", paramLabel = "RUN", description = "Run files, the baseline first.")
    List<Path> runs = List.of();

    @Mixin
    final QrelsOption qrels = new QrelsOption();

    @Mixin
    final MeasuresOption measures = new MeasuresOption();

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Of tests and intervals. Default 42.")
    long seed;

    @Override
    public Outcome run(Session session) {
        Qrels judged = qrels.read();
        List<Candidate> candidates = new ArrayList<>();
        for (Path file : runs) {
            Run run = TrecRunFile.read(file);
            boolean taken = candidates.stream().anyMatch(c -> c.run().name().equals(run.name()));
            candidates.add(new Candidate(
                    taken ? new Run(file.toString(), run.results()) : run, Circumstances.readBeside(file)));
        }
        Comparison comparison = Comparer.of(measures.parsed(), seed).compare(candidates, judged);
        comparison.warnings().forEach(session::say);
        comparison.unlike().forEach((name, values) -> session.say("the runs differ in " + name + ": " + values));
        List<Map<String, Object>> rows =
                comparison.evaluations().stream().map(Evaluation::row).toList();
        List<Map<String, Object>> differences =
                comparison.differences().stream().map(Difference::row).toList();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", rows);
        json.put("differences", differences);
        json.put("circumstances", Map.of("qrels", qrels.file.toString(), "seed", seed, "unlike", comparison.unlike()));
        String text = new RowTable(rows).render(session.width())
                + "%n%nagainst %s%n".formatted(comparison.baseline().system())
                + new RowTable(differences).render(session.width());
        return Outcome.of(json, text);
    }
}
