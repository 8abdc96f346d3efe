package dev.sidereal.recommend.log;

import dev.sidereal.core.error.BadConfig;

/**
 * How a log is read.
 *
 * @param disorder what happens where time goes backwards
 * @param leastEvents users with fewer events are left out, at least 1
 * @param badRows how many rows that are no events may be left out; 0 stops at the first
 */
public record LogSettings(Disorder disorder, int leastEvents, long badRows) {
    public LogSettings {
        if (leastEvents < 1) {
            throw new BadConfig("least events of a user must be 1 or more, got " + leastEvents);
        }
        if (badRows < 0) {
            throw new BadConfig("the number of bad rows to leave out must be 0 or more, got " + badRows);
        }
    }

    /** {@return sorted by time, users with two events or more, stop at the first bad row} */
    public static LogSettings defaults() {
        return new LogSettings(Disorder.SORT, 2, 0);
    }

    /** {@return these settings with another rule for disorder} */
    public LogSettings withDisorder(Disorder disorder) {
        return new LogSettings(disorder, leastEvents, badRows);
    }

    /** {@return these settings with another least number of events} */
    public LogSettings withLeastEvents(int leastEvents) {
        return new LogSettings(disorder, leastEvents, badRows);
    }

    /** {@return these settings with another number of bad rows that may be left out} */
    public LogSettings withBadRows(long badRows) {
        return new LogSettings(disorder, leastEvents, badRows);
    }
}
