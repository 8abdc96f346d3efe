package dev.sidereal.core;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing of a catalogue: a document, a product, a film.
 *
 * @param id unique in its catalogue, not blank
 * @param title may be empty
 * @param text the text of the item as a whole; may be empty if there are sections
 * @param sections parts with headings, in reading order; empty for a flat item
 * @param fields typed values by field name
 * @param acl who may read it
 */
public record Item(
        String id, String title, String text, List<Section> sections, SortedMap<String, FieldValue> fields, Acl acl) {
    public Item {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an item's id must not be blank");
        }
        sections = List.copyOf(sections);
        fields = Collections.unmodifiableSortedMap(new TreeMap<>(fields));
    }

    /** {@return a flat item with no fields and no stated ACL} */
    public static Item of(String id, String title, String text) {
        return new Item(id, title, text, List.of(), new TreeMap<>(), Acl.unstated());
    }

    /** {@return this item with another ACL} */
    public Item withAcl(Acl acl) {
        return new Item(id, title, text, sections, fields, acl);
    }

    /** {@return this item with one field set} */
    public Item withField(String name, FieldValue value) {
        SortedMap<String, FieldValue> copy = new TreeMap<>(fields);
        copy.put(name, value);
        return new Item(id, title, text, sections, copy, acl);
    }
}
