package dev.sidereal.recommend.log;

import dev.sidereal.core.error.BadInput;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * Ids of items with their places from 0, the ints that logs, scores and models use. Immutable and thread-safe.
 */
public final class ItemIndex {
    private final List<String> ids;
    private final Map<String, Integer> places;

    private ItemIndex(List<String> ids, Map<String, Integer> places) {
        this.ids = ids;
        this.places = places;
    }

    /**
     * {@return the index of these ids, in their order}
     *
     * @throws BadInput if an id comes twice
     */
    public static ItemIndex of(List<String> ids) {
        Map<String, Integer> places = HashMap.newHashMap(ids.size());
        for (String id : ids) {
            Integer other = places.put(id, places.size());
            if (other != null) {
                throw new BadInput("the item '" + id + "' is given twice, as item " + (other + 1) + " and "
                        + (places.size() + 1) + "; ids must be unique");
            }
        }
        return new ItemIndex(List.copyOf(ids), places);
    }

    /** {@return an index in the order of a map from id to place} */
    static ItemIndex inOrder(SequencedMap<String, Integer> places) {
        return new ItemIndex(List.copyOf(places.keySet()), Collections.unmodifiableMap(places));
    }

    /** {@return the place of an item, -1 if there is none} */
    public int place(String id) {
        return places.getOrDefault(id, -1);
    }

    /** {@return the id of a place} */
    public String id(int place) {
        return ids.get(place);
    }

    /** {@return the ids in order} */
    public List<String> ids() {
        return ids;
    }

    /** {@return how many items there are} */
    public int size() {
        return ids.size();
    }
}
