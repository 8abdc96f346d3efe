package dev.sidereal.engine.recommend;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Interval;
import dev.sidereal.recommend.CaseRanks;
import dev.sidereal.recommend.FullRanking;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.log.Cases;
import dev.sidereal.recommend.log.LogSettings;
import dev.sidereal.recommend.log.RecommendData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * Fits recommenders on the training part of a data folder and ranks all items for each case.
 *
 * @param settings what to do
 * @param progress where it shows
 * @param say hears of epochs, and of what the data leaves out, one sentence each
 */
public record RecommendStudy(RecommendStudySettings settings, Progress progress, Consumer<String> say) {
    private static final int[] CUTOFFS = {5, 10, 30};
    private static final int RESAMPLES = 1_000;

    /**
     * What was found.
     *
     * @param rows one a system: {@code system}, {@code recall@k} and {@code ndcg@k} for 5, 10 and 30, {@code valid_rate},
     *     {@code users_per_s}, {@code train_s}
     * @param differences one a pair of systems and measure: the first's mean minus the second's, with the interval that
     *     holds 95 % of the means over resampled cases
     * @param floors figures of others on the same data, if any are known
     * @param circumstances how the figures came about
     * @param notes what the data leaves out or what is odd, one sentence each
     */
    public record Result(
            List<Map<String, Object>> rows,
            List<Map<String, Object>> differences,
            List<Map<String, Object>> floors,
            Map<String, String> circumstances,
            List<String> notes) {}

    /** Runs the study. */
    public Result run() {
        RecommendData data = RecommendData.open(settings.data(), LogSettings.defaults(), progress);
        data.notes().forEach(say);
        Seen asked = settings.seen();
        Seen seen = asked == null ? data.seen() : asked;
        boolean test = settings.split().equals("test");
        Cases cases = test ? data.split().test() : data.split().validation();
        List<Map<String, Object>> rows = new ArrayList<>();
        List<CaseRanks> ranks = new ArrayList<>();
        Map<String, String> circumstances = circumstances(data, seen, cases);
        try (RecommendSystems systems = new RecommendSystems(data, seen, settings, progress, say)) {
            for (String name : settings.systems()) {
                ItemScorer scorer = systems.get(name);
                CaseRanks of = RecommendEvaluation.of(seen).evaluate(new FullRanking(name, scorer), cases, progress);
                ranks.add(of);
                rows.add(row(of, systems.seconds(name)));
            }
            systems.chosen().forEach((name, words) -> circumstances.put("chosen_" + name, words));
        }
        Path workspace = settings.workspace();
        if (workspace != null) {
            write(workspace.resolve("ranks-" + data.name() + "-" + settings.split() + ".tsv"), cases, ranks);
        }
        return new Result(
                rows,
                differences(ranks),
                PublishedFigures.rows(PublishedFigures.of(data.index().size(), cases.count(), test)),
                circumstances,
                data.notes());
    }

    private static Map<String, Object> row(CaseRanks ranks, double seconds) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", ranks.system());
        for (int k : CUTOFFS) {
            row.put("recall@" + k, ranks.recall(k));
            row.put("ndcg@" + k, ranks.ndcg(k));
        }
        row.put("valid_rate", ranks.validRate());
        row.put("users_per_s", Math.round(ranks.usersPerSecond()));
        row.put("train_s", Math.round(seconds * 100) / 100.0);
        return row;
    }

    private static List<Map<String, Object>> differences(List<CaseRanks> ranks) {
        List<Map<String, Object>> rows = new ArrayList<>();
        for (int a = 1; a < ranks.size(); a++) {
            for (int b = 0; b < a; b++) {
                rows.add(difference(ranks.get(a), ranks.get(b), "recall@10", r -> r.recall(10), r -> r.recalls(10)));
                rows.add(difference(ranks.get(a), ranks.get(b), "ndcg@10", r -> r.ndcg(10), r -> r.ndcgs(10)));
            }
        }
        return rows;
    }

    private static Map<String, Object> difference(
            CaseRanks ours,
            CaseRanks theirs,
            String measure,
            ToDoubleFunction<CaseRanks> mean,
            java.util.function.Function<CaseRanks, double[]> values) {
        Interval interval =
                CaseRanks.paired(values.apply(ours), values.apply(theirs), new Bootstrap(RESAMPLES, 0.95, 1));
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("system", ours.system());
        row.put("against", theirs.system());
        row.put("measure", measure);
        row.put("difference", mean.applyAsDouble(ours) - mean.applyAsDouble(theirs));
        row.put("low", interval.low());
        row.put("high", interval.high());
        return row;
    }

    private Map<String, String> circumstances(RecommendData data, Seen seen, Cases cases) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("data", data.name());
        all.put("data_hash", data.hash());
        all.put("protocol", data.split().protocol() + ", full ranking of all items");
        all.put("split", settings.split());
        all.put("cases", Integer.toString(cases.count()));
        all.put("items", Integer.toString(data.index().size()));
        all.put("training_events", Integer.toString(data.split().train().events()));
        all.put("seen", seen.name().toLowerCase(Locale.ROOT));
        all.put("fit", settings.fit().name().toLowerCase(Locale.ROOT).replace('_', ' '));
        all.put("encoder", settings.encoder());
        all.put("sasrec", settings.sasrec().described());
        all.put("kernels", Vectors.kernels());
        all.put("java", Runtime.version().toString());
        return all;
    }

    private static void write(Path file, Cases cases, List<CaseRanks> ranks) {
        AtomicFile.write(file, out -> {
            StringBuilder text = new StringBuilder("case\tuser");
            ranks.forEach(of -> text.append('\t').append(of.system()));
            text.append('\n');
            for (int c = 0; c < cases.count(); c++) {
                text.append(c).append('\t').append(cases.users().get(c));
                for (CaseRanks of : ranks) {
                    text.append('\t').append(of.ranks()[c]);
                }
                text.append('\n');
            }
            out.write(text.toString().getBytes(StandardCharsets.UTF_8));
        });
    }
}
