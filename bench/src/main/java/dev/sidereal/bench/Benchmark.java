package dev.sidereal.bench;

import dev.sidereal.core.Progress;

/** One question about speed, answered with its peers beside it in the same run. */
public interface Benchmark {
    /** {@return the name on the command line} */
    String name();

    /** {@return the question in one sentence} */
    String question();

    /** Runs it; minutes at most. */
    BenchResult run(Progress progress);
}
