package dev.sidereal.search;

/** Names of the Lucene fields of an index. Every Lucene document is one passage; the last of a block carries its item. */
final class LuceneFields {
    /** Term and binary doc value on every passage: the item's id. A sorted one would be smaller and slower to look up. */
    static final String ID = "_id";
    /** Term on the last passage of each block. */
    static final String LAST = "_last";
    /** Terms on every passage: the reader tokens of the item. */
    static final String READERS = "_readers";
    /** Stored on the last passage: the item as JSON. */
    static final String SOURCE = "_source";
    /** Numeric doc value on the last passage: 64 bits of the item's content hash. */
    static final String HASH = "_hash";
    /** Title and heading of a passage. */
    static final String TITLE = "title";
    /** Sorted doc value on every passage: its title and heading as they are, for suggestions. */
    static final String CAPTION = "_caption";
    /** Everything a passage says: title, heading and text. */
    static final String TEXT = "text";
    /** The passage's vector. */
    static final String VECTOR = "vector";

    private static final String TYPED = "f.";

    private LuceneFields() {}

    /** {@return the Lucene field that holds a catalogue's field} */
    static String typed(String field) {
        return TYPED + field;
    }
}
