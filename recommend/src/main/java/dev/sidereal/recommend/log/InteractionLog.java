package dev.sidereal.recommend.log;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.Progress;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.BadRows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What users did, by user and in order of time, as packed arrays: about 22 bytes an event. Immutable and thread-safe.
 */
public final class InteractionLog {
    private final ItemIndex items;
    private final List<String> users;
    private final int[] offsets;
    private final EventColumns events;
    private final LogReport report;

    InteractionLog(ItemIndex items, List<String> users, int[] offsets, EventColumns events, LogReport report) {
        this.items = items;
        this.users = List.copyOf(users);
        this.offsets = offsets;
        this.events = events;
        this.report = report;
    }

    /**
     * Reads a log whose items are known; events of others are left out and counted.
     *
     * @throws BadInput if a row is no event, unless the settings allow so many; if time goes backwards and the settings
     *     refuse that; or if nothing is left
     */
    public static InteractionLog read(EventSource source, ItemIndex items, LogSettings settings, Progress progress) {
        return read(source, LogCollector.of(items, settings), settings, progress);
    }

    /** As the other method, for a log whose items are those that occur in it, in the order of their first event. */
    public static InteractionLog read(EventSource source, LogSettings settings, Progress progress) {
        return read(source, LogCollector.ofAnyItem(settings), settings, progress);
    }

    private static InteractionLog read(
            EventSource source, LogCollector collector, LogSettings settings, Progress progress) {
        BadRows bad = settings.badRows() == 0 ? BadRows.stop() : BadRows.skip(settings.badRows());
        try (Progress.Task task = progress.start("reading events", -1)) {
            source.read(bad, (event, where) -> {
                collector.add(event, where);
                if (collector.events() % 10_000 == 0) {
                    task.advance(10_000);
                }
            });
            task.advance(collector.events() % 10_000);
        }
        return collector.build(bad);
    }

    /** {@return the items} */
    public ItemIndex items() {
        return items;
    }

    /** {@return the names of the users, in the order of their first event} */
    public List<String> users() {
        return users;
    }

    /** {@return how many events there are} */
    public int size() {
        return events.size();
    }

    /** {@return how many events a user has} */
    public int length(int user) {
        return offsets[user + 1] - offsets[user];
    }

    /** {@return the item of a user's event} */
    public int item(int user, int position) {
        return events.item(offsets[user] + position);
    }

    /** {@return when it was, see {@link Interaction#time}} */
    public long time(int user, int position) {
        return events.time(offsets[user] + position);
    }

    /** {@return a user's event with all that is known of it} */
    public Interaction event(int user, int position) {
        int at = offsets[user] + position;
        return events.event(at, users.get(user), items.id(events.item(at)));
    }

    /** {@return a user's events, oldest first} */
    public List<Interaction> events(int user) {
        List<Interaction> list = new ArrayList<>();
        for (int i = 0; i < length(user); i++) {
            list.add(event(user, i));
        }
        return list;
    }

    /** {@return the items of a user's events from one position to before another} */
    public int[] items(int user, int from, int to) {
        int[] part = new int[to - from];
        Arrays.setAll(part, i -> item(user, from + i));
        return part;
    }

    /** {@return the items of all users, oldest first} */
    public Sequences sequences() {
        Sequences.Builder builder = new Sequences.Builder();
        for (int user = 0; user < users.size(); user++) {
            builder.add(items(user, 0, length(user)));
        }
        return builder.build();
    }

    /** {@return what was left out or moved while it was read} */
    public LogReport report() {
        return report;
    }
}
