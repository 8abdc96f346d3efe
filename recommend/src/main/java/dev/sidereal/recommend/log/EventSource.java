package dev.sidereal.recommend.log;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.format.BadRows;
import java.util.function.BiConsumer;

/** Events that are read from the beginning, one after the other, without being held. */
@FunctionalInterface
public interface EventSource {
    /**
     * Reads all events.
     *
     * @param bad what to do with rows that are no events
     * @param sink takes each event with its {@code file:line}
     */
    void read(BadRows bad, BiConsumer<Interaction, String> sink);
}
