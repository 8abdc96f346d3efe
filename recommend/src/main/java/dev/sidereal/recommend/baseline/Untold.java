package dev.sidereal.recommend.baseline;

/** Scores of which the history said nothing. */
final class Untold {
    private Untold() {}

    /** Makes scores that are not above zero minus infinity. */
    static void mark(float[] scores) {
        for (int i = 0; i < scores.length; i++) {
            scores[i] = scores[i] > 0 ? scores[i] : Float.NEGATIVE_INFINITY;
        }
    }
}
