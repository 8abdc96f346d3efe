package dev.sidereal.bench;

/** A way to find the nearest passages, as the benchmark {@code dense} compares them. One thread. */
interface Nearest extends AutoCloseable {
    /** Finds neighbours. */
    @FunctionalInterface
    interface Search {
        /** {@return numbers of the ten nearest passages of a query} */
        int[] top(int query);
    }

    /** {@return {@code ours} or a peer's name} */
    String subject();

    /** {@return the setting that tells it from others of the subject, or nothing} */
    String variant();

    double buildSeconds();

    double megabytes();

    /** {@return whether the width of the search matters; without, one setting does} */
    boolean adjustable();

    /** {@return the search that keeps so many candidates} */
    Search at(int width);

    @Override
    void close();
}
