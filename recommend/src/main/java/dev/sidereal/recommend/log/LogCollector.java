package dev.sidereal.recommend.log;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.BadRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes events in the order of a file and packs them by user. Used once; not thread-safe. */
final class LogCollector {
    private final @Nullable ItemIndex known;
    private final LogSettings settings;
    private final LinkedHashMap<String, Integer> found = new LinkedHashMap<>();
    private final Map<String, Integer> userPlaces = new HashMap<>();
    private final List<String> users = new ArrayList<>();
    private final List<Long> latest = new ArrayList<>();
    private final IntList eventUsers = new IntList();
    private final EventColumns columns = new EventColumns();
    private long events;
    private long unknown;
    private String unknownItem = "";
    private long backwards;

    private LogCollector(@Nullable ItemIndex known, LogSettings settings) {
        this.known = known;
        this.settings = settings;
    }

    static LogCollector of(ItemIndex items, LogSettings settings) {
        return new LogCollector(items, settings);
    }

    static LogCollector ofAnyItem(LogSettings settings) {
        return new LogCollector(null, settings);
    }

    long events() {
        return events;
    }

    void add(Interaction event, String where) {
        events++;
        int item = known == null ? found.computeIfAbsent(event.item(), _ -> found.size()) : known.place(event.item());
        if (item < 0) {
            unknownItem = unknown++ == 0 ? event.item() : unknownItem;
            return;
        }
        int user = userPlaces.computeIfAbsent(event.user(), name -> {
            users.add(name);
            latest.add(event.time());
            return users.size() - 1;
        });
        if (event.time() < latest.get(user)) {
            backwards++;
            if (settings.disorder() == Disorder.REFUSE) {
                throw new BadInput(where + ": time goes backwards: the event of user '" + event.user() + "' is of "
                        + event.time() + ", an earlier line has one of " + latest.get(user)
                        + "; sort the log by time, or let it be sorted");
            }
            if (settings.disorder() == Disorder.DROP) {
                return;
            }
        }
        latest.set(user, Math.max(latest.get(user), event.time()));
        eventUsers.add(user);
        columns.add(item, event);
    }

    InteractionLog build(BadRows bad) {
        int[] lengths = new int[users.size()];
        for (int i = 0; i < eventUsers.size(); i++) {
            lengths[eventUsers.get(i)]++;
        }
        List<String> kept = new ArrayList<>();
        int[] next = new int[users.size()];
        IntList offsets = new IntList();
        offsets.add(0);
        int total = 0;
        long shortEvents = 0;
        for (int user = 0; user < lengths.length; user++) {
            next[user] = -1;
            if (lengths[user] >= settings.leastEvents()) {
                next[user] = total;
                total += lengths[user];
                offsets.add(total);
                kept.add(users.get(user));
            } else {
                shortEvents += lengths[user];
            }
        }
        if (total == 0) {
            throw new BadInput("the log holds no user with " + settings.leastEvents() + " events or more: "
                    + events + " events were read"
                    + (unknown > 0
                            ? ", " + unknown + " of them of items that are not among the items, for example '"
                                    + unknownItem + "'; these are the events of other items"
                            : ""));
        }
        int[] places = new int[total];
        for (int i = 0; i < eventUsers.size(); i++) {
            int user = eventUsers.get(i);
            if (next[user] >= 0) {
                places[next[user]++] = i;
            }
        }
        int[] ends = offsets.toArray();
        if (backwards > 0 && settings.disorder() == Disorder.SORT) {
            for (int user = 0; user + 1 < ends.length; user++) {
                sortByTime(places, ends[user], ends[user + 1]);
            }
        }
        return new InteractionLog(
                known == null ? ItemIndex.inOrder(found) : known,
                kept,
                ends,
                columns.at(places),
                new LogReport(
                        events,
                        unknown,
                        unknownItem,
                        users.size() - kept.size(),
                        shortEvents,
                        settings.leastEvents(),
                        backwards,
                        settings.disorder(),
                        bad.count(),
                        bad.sentences()));
    }

    /** Merge sort keeps the order of equal times. */
    private void sortByTime(int[] places, int from, int to) {
        Integer[] part = new Integer[to - from];
        for (int i = from; i < to; i++) {
            part[i - from] = places[i];
        }
        java.util.Arrays.sort(part, (a, b) -> Long.compare(columns.time(a), columns.time(b)));
        for (int i = from; i < to; i++) {
            places[i] = part[i - from];
        }
    }
}
