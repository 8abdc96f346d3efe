package dev.sidereal.eval;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.eval.measure.Aggregate;
import dev.sidereal.eval.measure.Measure;
import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Holm;
import dev.sidereal.eval.significance.RandomisationTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares runs with a baseline on the same judgments. Means are over all judged queries ({@link Averaging#COMPLETE}),
 * so that no system gains by returning nothing and all are paired query by query. Immutable and thread-safe.
 *
 * @param measures at least one
 * @param test for the p values
 * @param bootstrap for the intervals
 */
public record Comparer(List<Measure> measures, RandomisationTest test, Bootstrap bootstrap) {
    private static final double UNEQUAL_JUDGING = 0.1;

    public Comparer {
        measures = List.copyOf(measures);
    }

    /** {@return a comparer with 100,000 permutations, 10,000 resamples and intervals of 95 %} */
    public static Comparer of(List<Measure> measures, long seed) {
        return new Comparer(measures, new RandomisationTest(100_000, seed), new Bootstrap(10_000, 0.95, seed));
    }

    /**
     * Compares runs.
     *
     * @param candidates the baseline first, then at least one more
     * @throws BadConfig if there are fewer than two, or two of one name
     * @throws ArtifactMismatch if they name different data, splits or judgments
     * @throws BadInput if a run cannot be measured
     */
    public Comparison compare(List<Candidate> candidates, Qrels qrels) {
        Map<String, Circumstances> circumstances = circumstances(candidates);
        Likeness likeness = new Likeness(circumstances);
        likeness.require();
        Evaluator evaluator = new Evaluator(measures, Averaging.COMPLETE);
        List<Evaluation> evaluations = candidates.stream()
                .map(candidate -> evaluator.evaluate(candidate.run(), qrels))
                .toList();
        List<Difference> differences = new ArrayList<>();
        for (Measure measure : measures) {
            if (measure.aggregate() == Aggregate.MEAN) {
                differences.addAll(differences(evaluations, measure.name()));
            }
        }
        return new Comparison(
                evaluations,
                circumstances,
                differences,
                likeness.differences(),
                caveats(evaluations, circumstances, Circumstances.hash(qrels)));
    }

    private static Map<String, Circumstances> circumstances(List<Candidate> candidates) {
        if (candidates.size() < 2) {
            throw new BadConfig("a comparison needs a baseline and at least one more run, got " + candidates.size());
        }
        Map<String, Circumstances> bySystem = new LinkedHashMap<>();
        for (Candidate candidate : candidates) {
            if (bySystem.put(candidate.run().name(), candidate.circumstances()) != null) {
                throw new BadConfig("two runs are called '" + candidate.run().name() + "': give each its own name");
            }
        }
        return Collections.unmodifiableMap(bySystem);
    }

    private List<Difference> differences(List<Evaluation> evaluations, String measure) {
        List<Difference> found = new ArrayList<>();
        Measured baseline = evaluations.getFirst().measure(measure);
        for (Evaluation evaluation : evaluations.subList(1, evaluations.size())) {
            Measured measured = evaluation.measure(measure);
            Map<String, Double> perQuery = new LinkedHashMap<>();
            measured.perQuery()
                    .forEach((query, value) ->
                            perQuery.put(query, value - baseline.perQuery().getOrDefault(query, 0.0)));
            double[] paired =
                    perQuery.values().stream().mapToDouble(Double::doubleValue).toArray();
            RandomisationTest.Result result = test.test(paired);
            found.add(new Difference(
                    evaluation.system(),
                    measure,
                    measured.value(),
                    measured.value() - baseline.value(),
                    bootstrap.ofMean(paired),
                    result.p(),
                    result.p(),
                    result.exact(),
                    perQuery));
        }
        double[] corrected =
                Holm.adjust(found.stream().mapToDouble(Difference::p).toArray());
        for (int i = 0; i < corrected.length; i++) {
            found.set(i, found.get(i).withHolmP(corrected[i]));
        }
        return found;
    }

    private static Map<String, List<Caveat>> caveats(
            List<Evaluation> evaluations, Map<String, Circumstances> circumstances, String judgments) {
        Map<String, List<Caveat>> bySystem = new LinkedHashMap<>();
        double baseline = evaluations.getFirst().unjudgedRate();
        for (Evaluation evaluation : evaluations) {
            List<Caveat> caveats = new ArrayList<>();
            Map<String, String> known = circumstances
                    .getOrDefault(evaluation.system(), Circumstances.unknown())
                    .values();
            if (known.isEmpty()) {
                caveats.add(new Caveat.NoCircumstances());
            }
            String named = known.getOrDefault(Circumstances.JUDGMENTS, judgments);
            if (!named.equals(judgments)) {
                caveats.add(new Caveat.OtherJudgments(named, judgments));
            }
            if (Math.abs(evaluation.unjudgedRate() - baseline) > UNEQUAL_JUDGING) {
                caveats.add(new Caveat.UnequalJudging(evaluation.unjudgedDepth(), baseline, evaluation.unjudgedRate()));
            }
            bySystem.put(evaluation.system(), List.copyOf(caveats));
        }
        return Collections.unmodifiableMap(bySystem);
    }
}
