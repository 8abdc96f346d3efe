package dev.sidereal.eval.measure;

/** The least grade that counts as relevant for a binary measure; trec_eval's option {@code -l}. */
record Level(int grade) {
    static final Level ONE = new Level(1);

    /** {@return {@code (rel=2)}, or nothing for trec_eval's default of 1} */
    String suffix() {
        return grade == 1 ? "" : "(rel=" + grade + ")";
    }
}
