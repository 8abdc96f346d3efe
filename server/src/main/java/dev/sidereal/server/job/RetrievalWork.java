package dev.sidereal.server.job;

import dev.sidereal.core.Progress;
import dev.sidereal.engine.RetrievalStudy;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.engine.StudySettings;
import dev.sidereal.eval.measure.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Evaluates retrieval on a set, with indexes of its own in a temporary folder. Stateless. */
public final class RetrievalWork implements Jobs.Work {
    private static final int DEPTH = 100;

    private final EvaluationSets sets;

    public RetrievalWork(EvaluationSets sets) {
        this.sets = sets;
    }

    @Override
    public Job.Result run(Job.Task task, Progress progress) {
        String split = Objects.requireNonNull(task.split(), "a queued task names its split");
        List<SearchSystem> systems = Objects.requireNonNull(task.systems(), "a queued task names its systems").stream()
                .map(SearchSystem::named)
                .toList();
        StudySettings settings = new StudySettings(
                sets.folder(task.data(), split),
                split,
                systems,
                Objects.requireNonNull(task.encoder(), "a queued task names its encoder"),
                "en",
                Measures.STANDARD,
                DEPTH,
                null,
                null,
                null);
        RetrievalStudy.Result found = new RetrievalStudy(settings, progress).run();
        Map<String, Map<String, List<Double>>> intervals = new LinkedHashMap<>();
        found.intervals().forEach((system, measures) -> {
            Map<String, List<Double>> bounds = new LinkedHashMap<>();
            measures.forEach((measure, interval) -> bounds.put(measure, List.of(interval.low(), interval.high())));
            intervals.put(system, bounds);
        });
        Map<String, String> queries = new LinkedHashMap<>();
        found.queries().forEach(query -> queries.put(query.id(), query.text()));
        return new Job.Result(
                new ArrayList<>(found.rows()),
                found.circumstances(),
                found.warnings(),
                found.perQuery(),
                intervals,
                queries);
    }
}
