package dev.sidereal.cli;

import dev.sidereal.core.Progress;
import dev.sidereal.train.StepReport;
import dev.sidereal.train.TrainingWatcher;
import dev.sidereal.train.recipe.RunPlan;
import java.util.Locale;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Tells how training goes. Not thread-safe. */
final class TrainingConsole implements TrainingWatcher, AutoCloseable {
    private final Session session;
    private int steps;
    private Progress.@Nullable Task task;
    private @Nullable StepReport last;
    private String measure = "";
    private long tokens;
    private OptionalDouble untrained = OptionalDouble.empty();

    TrainingConsole(Session session) {
        this.session = session;
    }

    /** Says what a stage is about to do and what it takes. */
    void opened(RunPlan plan) {
        close();
        measure = plan.measure();
        steps = plan.steps();
        session.say(String.format(
                Locale.ROOT,
                "training %.1f M parameters on %,d examples, %.1f times each, in %,d steps of at most %d texts of up to about"
                        + " %d tokens",
                plan.parameters() / 1e6,
                plan.examples(),
                plan.epochs(),
                steps,
                plan.textsPerStep(),
                plan.tokensPerText()));
        long machine = RunPlan.machineMemory();
        String part = plan.chunk() < plan.textsPerStep() ? ", " + plan.chunk() + " texts at a time" : "";
        session.say("memory: at most about " + gigabytes(plan.memory()) + " of " + gigabytes(machine) + part
                + "; the time left is shown after the first steps; Ctrl-C stops, the same command goes on");
        if (plan.memory() > machine) {
            session.say(
                    "this is more than the machine has; lower 'max-tokens' in the recipe or 'chunk' in its 'training'");
        }
    }

    @Override
    public void step(StepReport report) {
        if (task == null) {
            if (report.step() > 1) {
                session.say("going on after step " + (report.step() - 1));
            }
            task = session.progress().start("training", steps - report.step() + 1);
        }
        last = report;
        tokens += report.tokens();
        task.note(health(report));
        task.advance(1);
    }

    @Override
    public void measured(long step, double value) {
        untrained = step == 0 ? OptionalDouble.of(value) : untrained;
        session.say(String.format(
                Locale.ROOT,
                "%s on dev data %s: %.4f",
                measure,
                step == 0 ? "before training" : "after step " + step,
                value));
    }

    /** {@return the last step of this process, null if there was none} */
    @Nullable
    StepReport last() {
        return last;
    }

    /** {@return name of the dev measure, empty for none} */
    String measure() {
        return measure;
    }

    /** {@return the dev measure before training, empty if this process did not take it} */
    OptionalDouble untrained() {
        return untrained;
    }

    /** {@return tokens read by this process} */
    long tokens() {
        return tokens;
    }

    private static String health(StepReport report) {
        StringBuilder words = new StringBuilder(String.format(
                Locale.ROOT,
                "step %,d, loss %.4f, gradient %.2f, %,.0f tokens/s",
                report.step(),
                report.loss(),
                report.gradientNorm(),
                report.tokensPerSecond()));
        report.idleRows()
                .ifPresent(share -> words.append(String.format(Locale.ROOT, ", %.0f %% of rows idle", 100 * share)));
        report.memory().ifPresent(bytes -> words.append(", ").append(gigabytes(bytes)));
        return words.toString();
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
            task = null;
        }
    }
}
