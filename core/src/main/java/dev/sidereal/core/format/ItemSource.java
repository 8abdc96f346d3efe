package dev.sidereal.core.format;

import java.util.stream.Stream;

/** Items that can be read any number of times, each time in the same order, as a stream. */
@FunctionalInterface
public interface ItemSource {
    /**
     * Reads from the beginning. Close the stream.
     *
     * @param bad what to do with rows that are no items. Whatever it says, a file that cannot be read to its end (cut
     *     off, not UTF-8) is a {@link dev.sidereal.core.error.BadInput}
     */
    Stream<SourcedItem> rows(BadRows bad);
}
