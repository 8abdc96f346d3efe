package dev.sidereal.train;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.FreedMemory;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.train.TrainingResult.Stop;
import dev.sidereal.train.data.Batch;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Schedule;
import dev.sidereal.train.loss.Embedded.Role;
import dev.sidereal.train.loss.Loss;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.stream.Collectors;

/**
 * The training loop. A run lives in a folder, from which it resumes bit by bit on a CPU after it was stopped in any way:
 * call {@link #train} again with the same settings and data and a model as it was at the start. With a dev measure the
 * model ends with the parameters that measured best, the untrained ones included; without, with the last ones. Not
 * thread-safe.
 */
public final class Trainer {
    /** Batches of many lengths leave holes; often enough to keep them few, seldom enough to cost nothing. */
    private static final int GIVE_BACK_EVERY = 10;

    private final Embedder embedder;
    private final IdentityHashMap<Dataset, Course> courses = new IdentityHashMap<>();
    private final Parts parts;
    private final Schedule schedule;
    private final TrainerSettings settings;
    private final Optional<DevMeasure> dev;
    private final String description;
    private final GradientCache gradients;
    private final Collapse collapse = new Collapse();
    private boolean collapsed;

    private Trainer(
            Embedder embedder,
            List<Course> courses,
            Schedule.Settings batches,
            TrainerSettings settings,
            Optional<DevMeasure> dev) {
        this.embedder = embedder;
        this.settings = settings;
        this.dev = dev;
        courses.forEach(course -> this.courses.put(course.dataset(), course));
        parts = new Parts(courses);
        schedule = new Schedule(
                courses.stream().map(Course::dataset).toList(),
                courses.stream().map(Course::composer).toList(),
                batches);
        gradients = new GradientCache(embedder, settings.chunk(), settings.bf16());
        description = courses.stream()
                .map(Trainer::describe)
                .collect(Collectors.joining("\n", "", "\n" + batches + "\n" + settings + "\n"));
        for (Course course : courses) {
            if (batches.negatives() == 0
                    && course.parts().stream().noneMatch(LoopPart::bringsNegatives)
                    && course.loss().needs().contains(Role.NEGATIVES)) {
                throw new BadConfig("The loss for " + course.dataset().name()
                        + " needs negatives, and batches are to hold none; set negatives to at least 1.");
            }
        }
    }

    private static String describe(Course course) {
        Dataset dataset = course.dataset();
        String taught = course.teacher().equals(Teacher.NONE)
                ? ""
                : ", taught by " + course.teacher().name();
        return dataset.name() + " (" + dataset.examples().size() + " examples): " + course.loss() + taught
                + course.composer() + course.parts();
    }

    /** {@return a trainer without dev data} */
    public static Trainer of(
            Embedder embedder, List<Course> courses, Schedule.Settings batches, TrainerSettings settings) {
        return new Trainer(embedder, courses, batches, settings, Optional.empty());
    }

    /** {@return a trainer that keeps the best parameters by a measure} */
    public static Trainer of(
            Embedder embedder,
            List<Course> courses,
            Schedule.Settings batches,
            TrainerSettings settings,
            DevMeasure dev) {
        return new Trainer(embedder, courses, batches, settings, Optional.of(dev));
    }

    /**
     * Trains to the end, or on from where the folder's run stands.
     *
     * @param watcher hears of each step and measure, and may end the run
     * @throws dev.sidereal.core.error.ArtifactMismatch if the folder holds another run
     * @throws dev.sidereal.core.error.Unavailable if the folder cannot be written
     */
    public TrainingResult train(Path folder, TrainingWatcher watcher) {
        Parameters parameters = embedder.parameters();
        RunFolder run = new RunFolder(folder);
        try (AdamW optimiser = optimiser(parameters)) {
            Torch.seed(settings.seed());
            run.open(description, parameters, optimiser);
            if (optimiser.steps() == 0) {
                evaluate(run, 0, watcher);
            } else {
                parts.restore(folder, optimiser.steps());
            }
            Position position = new Position(schedule, optimiser.steps() * settings.accumulate());
            while (optimiser.steps() < settings.steps()) {
                StepReport report = step(position, optimiser);
                parts.stepped(report.step(), embedder);
                tell(watcher, report, () -> {
                    parts.save(folder, report.step());
                    run.snapshot(parameters, optimiser);
                });
                Optional<TrainingResult> stop = stopped(report);
                if (stop.isPresent()) {
                    return finish(run, stop.get());
                }
                if (measuredAt(report.step())) {
                    evaluate(run, report.step(), watcher);
                }
                if (report.step() % settings.snapshotEvery() == 0 || report.step() == settings.steps()) {
                    parts.save(folder, report.step());
                    run.snapshot(parameters, optimiser);
                }
            }
            String reason = "all " + settings.steps() + " steps were made";
            return finish(run, new TrainingResult(Stop.DONE, reason, optimiser.steps(), OptionalDouble.empty()));
        } finally {
            parts.finish();
            parameters.clearGradients();
        }
    }

    /** Keeps what was done when the watcher cancels. A step that is still to be measured is made again on resuming. */
    private void tell(TrainingWatcher watcher, StepReport report, Runnable snapshot) {
        try {
            watcher.step(report);
        } catch (CancellationException e) {
            if (!measuredAt(report.step()) && stopped(report).isEmpty()) {
                // Files are closed under the feet of an interrupted thread.
                boolean interrupted = Thread.interrupted();
                snapshot.run();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
            throw e;
        }
    }

    private boolean measuredAt(long step) {
        return dev.isPresent() && (step % settings.evaluateEvery() == 0 || step == settings.steps());
    }

    private AdamW optimiser(Parameters parameters) {
        double peak = settings.learningRate().peak();
        return AdamW.of(
                parameters,
                new AdamW.Settings(settings.beta1(), settings.beta2(), AdamW.Settings.USUAL.epsilon()),
                List.of(
                        new AdamW.Group(name -> parameters.get(name).rank() < 2, peak, 0),
                        new AdamW.Group(_ -> true, peak, settings.weightDecay())));
    }

    private StepReport step(Position position, AdamW optimiser) {
        long began = System.nanoTime();
        embedder.parameters().clearGradients();
        double loss = 0;
        double idle = 0;
        double alike = 0;
        long tokens = 0;
        boolean counted = true;
        String dataset = "";
        for (int i = 0; i < settings.accumulate(); i++) {
            Batch drawn = position.next();
            dataset = drawn.dataset().name();
            Course course = Objects.requireNonNull(courses.get(drawn.dataset()));
            Batch batch = Parts.rows(course, drawn, optimiser.steps() + 1);
            Loss its = Parts.loss(course, batch, optimiser.steps() + 1);
            GradientCache.Outcome outcome =
                    gradients.backward(batch, its, course.teacher(), 1.0 / settings.accumulate());
            loss += outcome.loss() / settings.accumulate();
            idle += outcome.idleRows().orElse(0) / settings.accumulate();
            counted &= outcome.idleRows().isPresent();
            alike += outcome.alike() / settings.accumulate();
            tokens += outcome.tokens();
        }
        double norm = embedder.parameters().gradientNorm();
        double rate = settings.learningRate().at(optimiser.steps(), settings.steps());
        long number = optimiser.steps() + 1;
        if (Double.isFinite(loss) && Double.isFinite(norm)) {
            optimiser.step(rate / settings.learningRate().peak(), Math.min(1, settings.clip() / norm));
        }
        if (number % GIVE_BACK_EVERY == 0) {
            FreedMemory.giveBack();
        }
        collapsed = collapse.after(alike);
        return new StepReport(
                number,
                settings.steps(),
                dataset,
                loss,
                norm,
                rate,
                tokens,
                tokens * 1e9 / (System.nanoTime() - began),
                counted ? OptionalDouble.of(idle) : OptionalDouble.empty(),
                ProcessMemory.resident());
    }

    private Optional<TrainingResult> stopped(StepReport report) {
        if (!Double.isFinite(report.loss()) || !Double.isFinite(report.gradientNorm())) {
            String what = Double.isFinite(report.loss()) ? "gradient" : "loss";
            return Optional.of(new TrainingResult(
                    Stop.NOT_FINITE,
                    "the " + what + " of step " + report.step() + " on " + report.dataset()
                            + " is no finite number; lower the learning rate or train without bf16",
                    report.step() - 1,
                    OptionalDouble.empty()));
        }
        if (collapsed) {
            return Optional.of(new TrainingResult(
                    Stop.COLLAPSED,
                    "different positives had a mean cosine above " + Collapse.ALIKE + " for " + Collapse.PATIENCE
                            + " steps until step " + report.step()
                            + "; lower the learning rate, or look for data in which all texts are alike",
                    report.step(),
                    OptionalDouble.empty()));
        }
        return Optional.empty();
    }

    private void evaluate(RunFolder run, long step, TrainingWatcher watcher) {
        if (dev.isPresent()) {
            double measure = dev.get().of(embedder);
            watcher.measured(step, measure);
            if (measure > run.best().orElse(Double.NEGATIVE_INFINITY)) {
                run.best(embedder.parameters(), measure);
            }
        }
    }

    private TrainingResult finish(RunFolder run, TrainingResult result) {
        OptionalDouble best = dev.isPresent() ? run.best() : OptionalDouble.empty();
        if (best.isPresent()) {
            run.restoreBest(embedder.parameters());
        }
        return new TrainingResult(result.stop(), result.reason(), result.steps(), best);
    }
}
