package dev.sidereal.cli;

import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.engine.recommend.RecommendStudy;
import dev.sidereal.engine.recommend.RecommendStudySettings;
import dev.sidereal.recommend.baseline.SasRecSettings;
import dev.sidereal.recommend.log.LogSplit.Fit;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code evaluate recommend}: recommenders on a data folder. */
@Command(
        name = "recommend",
        description = {
            "Fit recommenders on the training part of a data folder and rank all items for each user.",
            "",
            "The folder is read as it is: items.jsonl beside sequences.tsv, events.jsonl, ratings.tsv or an .inter file"
                    + " (last event is the test, the one before it the validation), or beside train.jsonl, valid.jsonl and"
                    + " test.jsonl. All items are ranked, never a sample. Weights and settings are chosen on the validation"
                    + " part.",
            "",
            "Examples:",
            "  ./sidereal evaluate recommend --data amazon14_beauty --systems popularity,itemknn,adjacency",
            "  ./sidereal evaluate recommend --data amazon14_beauty --systems sasrec,mixture --workspace work --json"
        })
final class EvaluateRecommendVerb implements Verb {
    @Option(names = "--data", required = true, paramLabel = "DIR", description = "The data folder.")
    Path data = Path.of("");

    @Option(
            names = "--systems",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "popularity,itemknn,adjacency",
            description = "popularity, itemknn, adjacency, adjacency-tuned, sasrec, content (titles), bm25,"
                    + " adjacency-content, mixture (of sasrec, adjacency and content). Default"
                    + " popularity,itemknn,adjacency.")
    List<String> systems = List.of();

    @Option(
            names = "--split",
            paramLabel = "NAME",
            defaultValue = "test",
            description = "test or validation. Default test.")
    String split = "test";

    @Option(
            names = "--seen",
            paramLabel = "RULE",
            description =
                    "removed or kept: whether items of the history may come back. Default: removed, unless users of"
                            + " the validation part come back to items.")
    @Nullable
    Seen seen;

    @Option(
            names = "--fit",
            paramLabel = "PART",
            defaultValue = "train",
            description =
                    "What popularity, itemknn and adjacency count: train, or train_and_validation. Default train.")
    Fit fit = Fit.TRAIN;

    @Option(
            names = "--encoder",
            paramLabel = "NAME",
            defaultValue = "minilm",
            description = "Of titles: name, folder or address. Default minilm.")
    String encoder = "";

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Of trained systems. Default 1.")
    long seed;

    @Option(
            names = "--epochs",
            paramLabel = "N",
            description = "Of SASRec at most. Default 60; it ends earlier when the validation says so.")
    @Nullable
    Integer epochs;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "1", description = "For training SASRec. Default 1.")
    int threads;

    @Option(
            names = "--workspace",
            paramLabel = "DIR",
            description = "Keep trained models and each user's ranks here; a second call does not train again.")
    @Nullable
    Path workspace;

    @Override
    public Outcome run(Session session) {
        SasRecSettings sasrec = SasRecSettings.defaults().withSeed(seed).withThreads(threads);
        sasrec = epochs == null ? sasrec : sasrec.withEpochs(epochs);
        RecommendStudySettings settings =
                new RecommendStudySettings(data, split, systems, seen, fit, encoder, sasrec, workspace);
        RecommendStudy.Result result = new RecommendStudy(settings, session.progress(), session::say).run();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("rows", result.rows());
        json.put("differences", result.differences());
        json.put("floors", result.floors());
        json.put("circumstances", result.circumstances());
        json.put("notes", result.notes());
        return Outcome.of(json, text(result, session.width()));
    }

    private static String text(RecommendStudy.Result result, int width) {
        StringBuilder text = new StringBuilder(new RowTable(shown(result.rows())).render(width));
        if (!result.floors().isEmpty()) {
            text.append("%n%nFigures of others on the same data:%n".formatted())
                    .append(new RowTable(result.floors()).render(width));
        }
        List<Map<String, Object>> last = new ArrayList<>(result.differences());
        Object system = result.rows().getLast().get("system");
        last.removeIf(row -> !Objects.equals(row.get("system"), system));
        if (!last.isEmpty()) {
            text.append("%n%n%s against each (95 %% bootstrap interval over users):%n".formatted(system))
                    .append(new RowTable(last).render(width));
        }
        result.circumstances().forEach((name, words) -> {
            if (name.startsWith("chosen_")) {
                text.append("%n%s: %s, chosen on the validation part".formatted(name.substring(7), words));
            }
        });
        return text.append("%n%s cases, %s items, %s; seen items %s; fitted on %s"
                        .formatted(
                                result.circumstances().get("cases"),
                                result.circumstances().get("items"),
                                result.circumstances().get("protocol"),
                                result.circumstances().get("seen"),
                                result.circumstances().get("fit")))
                .toString();
    }

    /** Fewer columns than JSON has, so that a row fits a line. */
    private static List<Map<String, Object>> shown(List<Map<String, Object>> rows) {
        List<Map<String, Object>> shown = new ArrayList<>();
        for (Map<String, Object> row : rows) {
            Map<String, Object> fewer = new LinkedHashMap<>(row);
            fewer.keySet().removeIf(name -> name.endsWith("@30"));
            shown.add(fewer);
        }
        return shown;
    }
}
