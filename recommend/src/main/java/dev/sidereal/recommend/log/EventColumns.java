package dev.sidereal.recommend.log;

import dev.sidereal.core.Interaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Events by column. Columns in which nothing is said take no memory. Not thread-safe while it grows. */
final class EventColumns {
    private int[] items = new int[1024];
    private long[] times = new long[1024];
    private float[] weights = {};
    private float[] minutes = {};
    private short[] surfaces = {};
    private final List<String> surfaceNames = new ArrayList<>(List.of(""));
    private final Map<String, Short> surfacePlaces = new HashMap<>(Map.of("", (short) 0));
    private final BitSet exploration = new BitSet();
    private int size;

    int size() {
        return size;
    }

    int item(int at) {
        return items[at];
    }

    long time(int at) {
        return times[at];
    }

    void add(int item, Interaction event) {
        if (size == items.length) {
            int room = Math.multiplyExact(size, 2);
            items = Arrays.copyOf(items, room);
            times = Arrays.copyOf(times, room);
        }
        items[size] = item;
        times[size] = event.time();
        if (event.weight() != 1) {
            weights = filled(weights, 1);
            weights[size] = (float) event.weight();
        }
        if (!Double.isNaN(event.minutes())) {
            minutes = filled(minutes, Float.NaN);
            minutes[size] = (float) event.minutes();
        }
        if (!event.surface().isEmpty()) {
            surfaces = surfaces.length > size ? surfaces : Arrays.copyOf(surfaces, items.length);
            surfaces[size] = surfacePlaces.computeIfAbsent(event.surface(), name -> {
                surfaceNames.add(name);
                return (short) (surfaceNames.size() - 1);
            });
        }
        exploration.set(size, event.exploration());
        size++;
    }

    private float[] filled(float[] column, float absent) {
        if (column.length > size) {
            return column;
        }
        float[] longer = Arrays.copyOf(column, items.length);
        Arrays.fill(longer, column.length, longer.length, absent);
        return longer;
    }

    Interaction event(int at, String user, String item) {
        return new Interaction(
                user,
                item,
                times[at],
                at < weights.length ? weights[at] : 1,
                at < minutes.length ? minutes[at] : Double.NaN,
                at < surfaces.length ? surfaceNames.get(surfaces[at]) : "",
                exploration.get(at));
    }

    /** {@return the events at these places, in this order} */
    EventColumns at(int[] places) {
        EventColumns chosen = new EventColumns();
        chosen.size = places.length;
        chosen.items = new int[places.length];
        chosen.times = new long[places.length];
        Arrays.setAll(chosen.items, i -> items[places[i]]);
        Arrays.setAll(chosen.times, i -> times[places[i]]);
        chosen.weights = at(weights, places, 1);
        chosen.minutes = at(minutes, places, Float.NaN);
        if (surfaces.length > 0) {
            chosen.surfaces = new short[places.length];
            for (int i = 0; i < places.length; i++) {
                chosen.surfaces[i] = places[i] < surfaces.length ? surfaces[places[i]] : 0;
            }
            chosen.surfaceNames.clear();
            chosen.surfaceNames.addAll(surfaceNames);
        }
        for (int i = 0; i < places.length; i++) {
            chosen.exploration.set(i, exploration.get(places[i]));
        }
        return chosen;
    }

    private static float[] at(float[] column, int[] places, float absent) {
        if (column.length == 0) {
            return column;
        }
        float[] chosen = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            chosen[i] = places[i] < column.length ? column[places[i]] : absent;
        }
        return chosen;
    }
}
