package dev.sidereal.eval;

import dev.sidereal.core.Hit;
import dev.sidereal.core.Principal;
import dev.sidereal.core.Progress;
import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.Run;
import dev.sidereal.core.Run.Scored;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.SiderealException;
import dev.sidereal.eval.measure.Measure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs retrievers over judged queries and measures what comes back. Searches as {@link Principal#system()}, one query
 * after the other. Means are over all judged queries, 0 for one without results.
 *
 * <p>A run keeps scores as retrieved. A {@link Retriever} lists equal scores by id ascending, trec_eval reads them by id
 * descending: figures follow trec_eval, so that a written run file measures the same, and a caveat gives the interval
 * when it matters.
 *
 * @param queries all queries of the set; those without judgments are not run
 * @param qrels the judgments
 * @param measures at least one
 * @param depth how many results a run keeps of each query
 * @param probe how searches are timed
 */
public record RetrievalEvaluation(
        List<Query> queries, Qrels qrels, List<Measure> measures, int depth, Latency.Probe probe) {
    public RetrievalEvaluation {
        measures = List.copyOf(measures);
        if (depth < 1) {
            throw new BadConfig("depth must be at least 1, got " + depth);
        }
        Qrels judgments = qrels;
        queries = queries.stream()
                .filter(query -> judgments.grades().containsKey(query.id()))
                .toList();
        if (queries.isEmpty()) {
            throw new BadInput(
                    "none of the queries is judged: check that queries and judgments are of the same collection"
                            + " and split");
        }
    }

    /** {@return an evaluation to a depth of 1000 with the standard probe of latency} */
    public static RetrievalEvaluation of(List<Query> queries, Qrels qrels, List<Measure> measures) {
        return new RetrievalEvaluation(queries, qrels, measures, 1000, Latency.Probe.standard());
    }

    /** {@return this evaluation with another depth} */
    public RetrievalEvaluation withDepth(int depth) {
        return new RetrievalEvaluation(queries, qrels, measures, depth, probe);
    }

    /** {@return this evaluation with another probe of latency} */
    public RetrievalEvaluation withProbe(Latency.Probe probe) {
        return new RetrievalEvaluation(queries, qrels, measures, depth, probe);
    }

    /**
     * Evaluates retrievers.
     *
     * @return one result a retriever, in order
     * @throws BadConfig if two have one name
     * @throws SiderealException of the kind that a retriever threw, naming retriever and query
     */
    public List<SystemResult> evaluate(List<Retriever> retrievers, Progress progress) {
        if (retrievers.stream().map(Retriever::name).distinct().count() < retrievers.size()) {
            throw new BadConfig("two systems have the same name: "
                    + String.join(", ", retrievers.stream().map(Retriever::name).toList()));
        }
        Evaluator evaluator = new Evaluator(measures, Averaging.COMPLETE);
        List<SystemResult> results = new ArrayList<>();
        for (Retriever retriever : retrievers) {
            Run run = run(retriever, progress);
            results.add(new SystemResult(run, evaluator.evaluate(run, qrels), latency(retriever, progress)));
        }
        return List.copyOf(results);
    }

    private Run run(Retriever retriever, Progress progress) {
        Map<String, List<Scored>> results = new LinkedHashMap<>();
        try (Progress.Task task = progress.start("running " + retriever.name(), queries.size())) {
            for (Query query : queries) {
                List<Scored> scored = new ArrayList<>();
                for (Hit hit : search(retriever, query, depth)) {
                    if (!Double.isFinite(hit.score())) {
                        throw new BadInput("system '" + retriever.name() + "', query '" + query.id() + "': item '"
                                + hit.id() + "' has the score " + hit.score() + ", scores must be finite");
                    }
                    scored.add(new Scored(hit.id(), hit.score()));
                }
                results.put(query.id(), scored);
                task.advance(1);
            }
        }
        return new Run(retriever.name(), results);
    }

    private Latency latency(Retriever retriever, Progress progress) {
        List<Query> sample = new ArrayList<>();
        int size = Math.min(probe.sample(), queries.size());
        for (int i = 0; i < size; i++) {
            sample.add(queries.get((int) ((long) i * queries.size() / size)));
        }
        long[] nanos = new long[size * probe.passes()];
        int timed = 0;
        try (Progress.Task task =
                progress.start("timing " + retriever.name(), (long) size * (probe.warmUps() + probe.passes()))) {
            for (int pass = -probe.warmUps(); pass < probe.passes(); pass++) {
                for (Query query : sample) {
                    long start = System.nanoTime();
                    search(retriever, query, probe.k());
                    long taken = System.nanoTime() - start;
                    if (pass >= 0) {
                        nanos[timed++] = taken;
                    }
                    task.advance(1);
                }
            }
        }
        return Latency.of(nanos);
    }

    private static List<Hit> search(Retriever retriever, Query query, int k) {
        try {
            return retriever.retrieve(SearchRequest.of(query.text(), k, Principal.system()));
        } catch (RuntimeException e) {
            throw QueryFailure.of(retriever.name(), query.id(), e);
        }
    }
}
