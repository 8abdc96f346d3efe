package dev.sidereal.eval.measure;

/** How many results from the top a measure looks at. */
record Cutoff(int k) {
    static final Cutoff NONE = new Cutoff(Integer.MAX_VALUE);

    int of(int size) {
        return Math.min(k, size);
    }

    /** {@return {@code @10}, or nothing if there is no cutoff} */
    String suffix() {
        return k == Integer.MAX_VALUE ? "" : "@" + k;
    }
}
