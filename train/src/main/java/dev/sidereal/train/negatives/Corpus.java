package dev.sidereal.train.negatives;

/**
 * The documents that negatives are mined from, numbered from 0. Implementations are thread-safe and hold texts outside the
 * heap.
 */
public interface Corpus {
    /** {@return how many documents there are, at least 1} */
    int size();

    /** {@return the id of a document} */
    String id(int document);

    /** {@return the number of a document, or -1 if there is none with that id} */
    int find(String id);

    /** {@return the text of a document as it is trained on} */
    String text(int document);

    /** {@return a hash of the text; equal for texts that differ in case and white space only} */
    long textHash(int document);

    /** {@return what the document is a part of: passages of one page have the same group} */
    long group(int document);

    /** {@return hash of ids and texts} */
    String hash();
}
