package dev.sidereal.recommend.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was found while a log was read. Everything that was left out or moved is counted.
 *
 * @param events rows that were events
 * @param unknownItems events left out since no item has their id
 * @param unknownItem one such id; empty if there is none
 * @param shortUsers users left out since they have too few events
 * @param shortEvents events of theirs
 * @param leastEvents how many events a user needs
 * @param backwards events that stood after a later one of the same user
 * @param disorder what was done with them
 * @param badRows rows left out since they were no events
 * @param badRowSentences what was wrong with the first thousand of them
 */
public record LogReport(
        long events,
        long unknownItems,
        String unknownItem,
        long shortUsers,
        long shortEvents,
        int leastEvents,
        long backwards,
        Disorder disorder,
        long badRows,
        List<String> badRowSentences) {
    public LogReport {
        badRowSentences = List.copyOf(badRowSentences);
    }

    /** {@return a sentence for each kind of event that was left out or moved; none if the log was taken as it is} */
    public List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        if (badRows > 0) {
            sentences.add(counted(badRows, "row is no event and is", "rows are no events and are")
                    + " left out; the first: " + badRowSentences.getFirst());
        }
        if (unknownItems > 0) {
            sentences.add(String.format(Locale.ROOT, "%,d of %,d", unknownItems, events)
                    + (unknownItems == 1 ? " events names an item that is" : " events name items that are")
                    + " not among the items, for example '" + unknownItem + "', and "
                    + (unknownItems == 1 ? "is" : "are") + " left out");
        }
        if (shortUsers > 0) {
            sentences.add(counted(shortUsers, "user", "users") + " with fewer than " + leastEvents + " events, and "
                    + counted(shortEvents, "event", "events") + " of theirs, "
                    + (shortUsers == 1 ? "is" : "are") + " left out");
        }
        if (backwards > 0) {
            sentences.add(counted(
                            backwards,
                            "event stands after a later one of the same user and is",
                            "events stand after a later one of the same user and are")
                    + (disorder == Disorder.DROP ? " left out" : " put in order of time"));
        }
        return sentences;
    }

    private static String counted(long n, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
    }
}
