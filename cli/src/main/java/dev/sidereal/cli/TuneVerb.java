package dev.sidereal.cli;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.format.QueryFile;
import dev.sidereal.engine.FusionTuning;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.SearchSystem;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tune}: fit the fusion to judged queries. */
@Command(
        name = "tune",
        description = {
            "Fit the weight of words against vectors on a few judged queries of yours.",
            "",
            "Ten to fifty queries do. The weight stays near the default unless the judgments say otherwise; the held-out"
                    + " figure tells what to expect of new queries. Kept with the index and used by hybrid search from"
                    + " then on.",
            "",
            "Example:",
            "  ./sidereal tune --index indexes/docs --queries mine.jsonl --qrels mine.tsv"
        })
final class TuneVerb implements Verb {
    @Option(names = "--index", required = true, paramLabel = "DIR", description = "The index's folder.")
    Path folder = Path.of("");

    @Option(
            names = "--queries",
            required = true,
            paramLabel = "F",
            description = "Queries, a JSON object a line: {\"_id\": \"1\", \"text\": \"...\"}.")
    Path queries = Path.of("");

    @Mixin
    final QrelsOption qrels = new QrelsOption();

    @Override
    public Outcome run(Session session) {
        try (OpenIndex open = OpenIndex.of(folder)) {
            if (open.bestSystem() != SearchSystem.HYBRID) {
                throw new BadConfig("the index " + folder + " has only the leg "
                        + open.index().legs().getFirst() + "; there is nothing to weigh against it");
            }
            FusionTuning.Result result =
                    new FusionTuning(open.index(), session.progress()).run(QueryFile.read(queries), qrels.read());
            String text = String.format(
                    Locale.ROOT,
                    "weight of words %.2f (default %.2f), fitted on %d queries%n"
                            + "nDCG@10 of these queries: default %.4f, fitted %.4f, fitted without seeing them %.4f",
                    result.weight(),
                    result.defaultWeight(),
                    result.queries(),
                    result.ndcgDefault(),
                    result.ndcgFitted(),
                    result.ndcgHeldOut());
            return Outcome.of(result, text);
        }
    }
}
