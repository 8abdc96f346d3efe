package dev.sidereal.eval;

import dev.sidereal.core.Run;

/**
 * A run that is up for comparison.
 *
 * @param run what the system returned; its name is the system's name in tables
 * @param circumstances how it came about
 */
public record Candidate(Run run, Circumstances circumstances) {
    /** {@return a run of which nothing more is known} */
    public static Candidate of(Run run) {
        return new Candidate(run, Circumstances.unknown());
    }

    /** {@return this run with one more circumstance} */
    public Candidate with(String name, String value) {
        return new Candidate(run, circumstances.with(name, value));
    }
}
