package dev.sidereal.cli;

/**
 * What a verb found.
 *
 * @param json what {@code --json} prints: a record or a map, written as one object
 * @param text what is printed otherwise, without the last line break
 * @param exit 0, or 1 if the verb did its work and the answer is bad news
 */
record Outcome(Object json, String text, int exit) {
    /** {@return an outcome that is good news} */
    static Outcome of(Object json, String text) {
        return new Outcome(json, text, 0);
    }
}
