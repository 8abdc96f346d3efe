package dev.sidereal.engine;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.Run;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.eval.measure.Measure;
import dev.sidereal.eval.measure.Measures;
import dev.sidereal.eval.measure.Ranking;
import dev.sidereal.search.Blend;
import dev.sidereal.search.CalibratedSum;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Fits the weight of words against vectors on a few judged queries of the user's own: one number, on a grid, maximising
 * the sum of nDCG@10 less a penalty for leaving the default, so that ten queries do no harm. With healthy legs it
 * changes little; with a leg that is bad for a collection it is worth much (see {@code docs/log.md}).
 */
public final class FusionTuning {
    private static final int DEPTH = 200;
    private static final int STEPS = 28;
    private static final double LEAST = 0.25;
    private static final double MOST = 128;
    /** Cost in summed nDCG of a weight e times the default. */
    private static final double PENALTY = 0.3;

    private static final int FOLDS = 5;

    private final CatalogueIndex index;
    private final Progress progress;
    private final Measure measure = Measures.parse("ndcg@10").getFirst();
    private final double standard = CalibratedSum.standard().weights().getOrDefault("bm25", 1.0);

    /** @param index with words and vectors */
    public FusionTuning(CatalogueIndex index, Progress progress) {
        this.index = index;
        this.progress = progress;
    }

    /**
     * What tuning found.
     *
     * @param queries judged queries used
     * @param weight the fitted weight of words; vectors have 1
     * @param defaultWeight what it was before any tuning
     * @param ndcgDefault mean nDCG@10 of these queries with the default
     * @param ndcgFitted mean nDCG@10 of these queries with the fitted weight, which has seen them
     * @param ndcgHeldOut mean nDCG@10 when each fifth of the queries is answered with a weight fitted on the others
     */
    public record Result(
            int queries,
            double weight,
            double defaultWeight,
            double ndcgDefault,
            double ndcgFitted,
            double ndcgHeldOut) {}

    /** A candidate with what each leg adds at a weight of 1. */
    private record Parts(String id, double words, double vectors) {}

    /** A judged query with its candidates. */
    private record Case(List<Parts> candidates, Map<String, Integer> grades) {}

    /**
     * Fits the weight and keeps it with the index.
     *
     * @throws BadInput if no query is judged
     */
    public Result run(List<Query> queries, Qrels qrels) {
        List<Case> cases = cases(queries, qrels);
        if (cases.isEmpty()) {
            throw new BadInput("none of the " + queries.size()
                    + " queries has a judgment; queries and judgments must share query ids");
        }
        double weight = fit(cases);
        double heldOut = 0;
        int folds = Math.min(FOLDS, cases.size());
        for (int fold = 0; fold < folds && folds > 1; fold++) {
            List<Case> seen = new ArrayList<>();
            List<Case> unseen = new ArrayList<>();
            for (int i = 0; i < cases.size(); i++) {
                (i % folds == fold ? unseen : seen).add(cases.get(i));
            }
            heldOut += sum(unseen, fit(seen));
        }
        index.keep(CalibratedSum.wordsAgainstVectors(weight));
        int n = cases.size();
        return new Result(n, weight, standard, sum(cases, standard) / n, sum(cases, weight) / n, heldOut / n);
    }

    private List<Case> cases(List<Query> queries, Qrels qrels) {
        List<Case> cases = new ArrayList<>();
        CalibratedSum one = CalibratedSum.wordsAgainstVectors(1);
        Blend blend = Blend.of(List.of("bm25", "dense"), one);
        try (IndexSnapshot snapshot = index.snapshot(Principal.system());
                Progress.Task task = progress.start("searching", queries.size())) {
            for (Query query : queries) {
                task.advance(1);
                Map<String, Integer> grades = qrels.of(query.id());
                if (grades.isEmpty()) {
                    continue;
                }
                List<Parts> candidates = new ArrayList<>();
                for (Hit hit : snapshot.search(query.text(), DEPTH, Filter.all(), blend)) {
                    candidates.add(new Parts(hit.id(), part(hit, "bm25"), part(hit, "dense")));
                }
                cases.add(new Case(candidates, grades));
            }
        }
        return cases;
    }

    private static double part(Hit hit, String leg) {
        return hit.legs().stream()
                .filter(score -> score.leg().equals(leg))
                .mapToDouble(Hit.LegScore::contribution)
                .sum();
    }

    private double fit(List<Case> cases) {
        double best = standard;
        double most = sum(cases, standard);
        for (int step = 0; step < STEPS; step++) {
            double weight = LEAST * Math.pow(MOST / LEAST, step / (STEPS - 1.0));
            double away = Math.log(weight / standard);
            double value = sum(cases, weight) - PENALTY * away * away;
            if (value > most) {
                most = value;
                best = weight;
            }
        }
        return best;
    }

    private double sum(List<Case> cases, double weight) {
        double sum = 0;
        for (Case one : cases) {
            List<Run.Scored> ranked = one.candidates().stream()
                    .map(parts -> new Run.Scored(parts.id(), weight * parts.words() + parts.vectors()))
                    .sorted(Comparator.comparingDouble(Run.Scored::score).reversed())
                    .toList();
            sum += measure.of(Ranking.of(ranked, one.grades(), measure.ties()));
        }
        return sum;
    }
}
