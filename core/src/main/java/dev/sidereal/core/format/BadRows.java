package dev.sidereal.core.format;

import dev.sidereal.core.error.BadInput;
import java.util.ArrayList;
import java.util.List;

/** What to do with rows that cannot be used: stop at the first, or leave out up to so many. Not thread-safe. */
public final class BadRows {
    private static final int KEPT_SENTENCES = 1000;

    private final long allowed;
    private final List<String> sentences = new ArrayList<>();
    private long count;

    private BadRows(long allowed) {
        this.allowed = allowed;
    }

    /** {@return the rule that the first bad row stops the reading} */
    public static BadRows stop() {
        return new BadRows(0);
    }

    /**
     * {@return the rule that bad rows are left out and counted}
     *
     * @param allowed how many; one more stops the reading
     */
    public static BadRows skip(long allowed) {
        return new BadRows(allowed);
    }

    /**
     * Reports a bad row.
     *
     * @throws BadInput the same error, if no bad row is allowed, or one that says how many there were
     */
    public void reject(BadInput error) {
        count++;
        if (count > allowed) {
            throw allowed == 0
                    ? error
                    : new BadInput(
                            error.getMessage() + "; this is bad row " + count + ", and only " + allowed
                                    + " may be left out",
                            error);
        }
        if (sentences.size() < KEPT_SENTENCES) {
            sentences.add(String.valueOf(error.getMessage()));
        }
    }

    /** {@return how many rows were bad} */
    public long count() {
        return count;
    }

    /** {@return what was wrong with the first thousand of them} */
    public List<String> sentences() {
        return List.copyOf(sentences);
    }
}
