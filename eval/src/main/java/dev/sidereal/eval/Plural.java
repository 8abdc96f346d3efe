package dev.sidereal.eval;

/** A number with its words. */
final class Plural {
    private Plural() {}

    static String of(int count, String one, String many) {
        return count + " " + (count == 1 ? one : many);
    }
}
