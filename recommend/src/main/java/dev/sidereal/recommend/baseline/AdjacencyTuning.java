package dev.sidereal.recommend.baseline;

import dev.sidereal.core.Progress;
import dev.sidereal.recommend.FullRanking;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.baseline.Adjacency.Settings;
import dev.sidereal.recommend.log.Cases;
import dev.sidereal.recommend.log.Sequences;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;

/**
 * Chooses the settings of {@link Adjacency} by validation nDCG@10: one setting after the other, each the best of a few with
 * the others as they are. Some sixteen fits.
 */
public final class AdjacencyTuning {
    private static final int MOST_CASES = 8_000;

    private AdjacencyTuning() {}

    /** {@return the settings that were best on the validation cases, at most 8,000 of them} */
    public static Settings best(
            Sequences train, int items, Cases validation, RecommendEvaluation evaluation, Progress progress) {
        Cases some = validation.atMost(MOST_CASES);
        Settings best = Settings.PLAIN;
        double value = value(train, items, best, some, evaluation);
        try (Progress.Task task = progress.start("choosing settings of adjacency", 5)) {
            for (int which = 0; which < 5; which++) {
                for (Settings candidate : candidates(best, which)) {
                    double other = value(train, items, candidate, some, evaluation);
                    if (other > value) {
                        value = other;
                        best = candidate;
                    }
                }
                task.note(best.toString());
                task.advance(1);
            }
        }
        return best;
    }

    private static List<Settings> candidates(Settings s, int which) {
        return switch (which) {
            case 0 -> of(d -> new Settings((int) d, s.backward(), s.damping(), s.history(), s.decay()), 2, 3, 5, 20);
            case 1 -> of(d -> new Settings(s.window(), d, s.damping(), s.history(), s.decay()), 0.4, 0.55, 0.85, 1);
            case 2 -> of(d -> new Settings(s.window(), s.backward(), d, s.history(), s.decay()), 0.2, 0.35, 0.65, 0.8);
            case 3 -> of(d -> new Settings(s.window(), s.backward(), s.damping(), (int) d, s.decay()), 3, 5, 10, 50);
            default ->
                of(d -> new Settings(s.window(), s.backward(), s.damping(), s.history(), d), 0.4, 0.55, 0.8, 0.9);
        };
    }

    private static List<Settings> of(DoubleFunction<Settings> with, double... values) {
        List<Settings> settings = new ArrayList<>();
        for (double value : values) {
            settings.add(with.apply(value));
        }
        return settings;
    }

    private static double value(
            Sequences train, int items, Settings settings, Cases cases, RecommendEvaluation evaluation) {
        return evaluation
                .evaluate(new FullRanking("adjacency", Adjacency.fit(train, items, settings)), cases, Progress.none())
                .ndcg(10);
    }
}
