package dev.sidereal.eval;

import java.util.Locale;

/** Over which queries a mean is taken. */
public enum Averaging {
    /** Queries that have both results and judgments; trec_eval's default up to 9.0.8. Flatters who returns nothing. */
    RETRIEVED,
    /** All judged queries, one without results counts as an empty ranking; trec_eval's option {@code -c}. */
    COMPLETE;

    /** {@return the name used in files and messages, lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the rule in a few words} */
    public String rule() {
        return switch (this) {
            case RETRIEVED -> "mean over queries that have results and judgments";
            case COMPLETE -> "mean over all judged queries, 0 for one without results";
        };
    }
}
