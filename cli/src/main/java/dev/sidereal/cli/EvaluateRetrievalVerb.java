package dev.sidereal.cli;

import dev.sidereal.engine.RetrievalStudy;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.engine.StudySettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code evaluate retrieval}: systems x measures on a data folder. */
@Command(
        name = "retrieval",
        description = {
            "Build, run and measure retrieval systems on a data folder as it is (BEIR layout or pairs).",
            "",
            "Figures equal trec_eval's; a query without results counts as zero. Latency is of single searches for ten"
                    + " items. Vectors of documents are cached by content, so a second run is faster; build_s says what"
                    + " this run took.",
            "",
            "Examples:",
            "  ./sidereal evaluate retrieval --data scifact --systems bm25,dense,hybrid --encoder bge-small",
            "  ./sidereal evaluate retrieval --data my-data --systems bm25 --runs runs/ --json"
        })
final class EvaluateRetrievalVerb implements Verb {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
    Path data = Path.of("");

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "Which judgments. Default test.")
    String split = "test";

    @Option(
            names = "--systems",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "bm25,dense,hybrid",
            description = "bm25, dense, rrf (their rank fusion), hybrid. Default bm25,dense,hybrid.")
    List<String> systems = List.of();

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            defaultValue = "bge-small",
            description = "Name, folder or http(s)://host#model. Default bge-small.")
    String encoder = "";

    @Option(names = "--language", paramLabel = "TAG", defaultValue = "en", description = "Of the texts. Default en.")
    String language = "en";

    @Mixin
    final MeasuresOption measures = new MeasuresOption();

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Results kept of each query. Default 1000.")
    int depth;

    @Option(names = "--runs", paramLabel = "DIR", description = "Write a TREC run of each system here.")
    @Nullable
    Path runs;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an HTML report here.")
    @Nullable
    Path report;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Keep the indexes here. Default: a temporary folder.")
    @Nullable
    Path workspace;

    @Override
    public Outcome run(Session session) {
        List<SearchSystem> asked =
                systems.stream().map(SearchSystem::named).distinct().toList();
        StudySettings settings =
                new StudySettings(data, split, asked, encoder, language, measures.list, depth, workspace, runs, report);
        RetrievalStudy.Result result = new RetrievalStudy(settings, session.progress()).run();
        result.warnings().forEach(session::say);
        if (report != null) {
            session.say("the report is in " + report);
        }
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", result.rows());
        json.put("circumstances", result.circumstances());
        json.put("warnings", result.warnings());
        return Outcome.of(json, text(result, session.width()));
    }

    private static String text(RetrievalStudy.Result result, int width) {
        return new RowTable(result.rows()).render(width);
    }
}
