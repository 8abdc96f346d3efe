package dev.sidereal.train;

import java.util.OptionalDouble;

/**
 * How a run ended.
 *
 * @param stop why
 * @param reason the same as a sentence
 * @param steps that were made, those before a resume included
 * @param best the dev measure of the parameters that were kept; empty without dev data
 */
public record TrainingResult(Stop stop, String reason, long steps, OptionalDouble best) {
    /** Why a run ended. */
    public enum Stop {
        /** All steps were made. */
        DONE,
        /** A loss or gradient was no finite number; the step was not made. */
        NOT_FINITE,
        /** All texts got nearly the same vector. */
        COLLAPSED
    }
}
