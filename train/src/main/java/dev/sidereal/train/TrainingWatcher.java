package dev.sidereal.train;

/**
 * Hears how a run goes, in the run's thread. What it throws ends the run; a
 * {@link java.util.concurrent.CancellationException} ends it with a snapshot, so that no step is lost.
 */
@FunctionalInterface
public interface TrainingWatcher {
    /** Hears of each step that was made, or that failed. */
    void step(StepReport report);

    /**
     * Hears of each measure on dev data.
     *
     * @param step how many steps were made; 0 for the untrained model
     */
    default void measured(long step, double value) {}
}
