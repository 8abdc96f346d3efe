package dev.sidereal.recommend.log;

/** What to do with an event that stands in a log after a later one of the same user. */
public enum Disorder {
    /** Put the user's events in order of time; equal times keep the order of the log. */
    SORT,
    /** Leave the event out: the log is a stream in which late events are mistakes. */
    DROP,
    /** Stop at the first such event with its file and line. */
    REFUSE
}
