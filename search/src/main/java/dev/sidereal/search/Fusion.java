package dev.sidereal.search;

/** A rule that makes one ranking out of several legs' lists. Implementations are thread-safe. */
public interface Fusion {
    /** {@return the name used in settings and circumstances, with its constants} */
    String name();

    /**
     * Says what each leg adds to each candidate's score.
     *
     * @return {@code double[legs][candidates]}, finite; an item's score is the sum over the legs
     */
    double[][] contributions(Candidates candidates);
}
