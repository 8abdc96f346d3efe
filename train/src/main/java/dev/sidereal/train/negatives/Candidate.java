package dev.sidereal.train.negatives;

/**
 * A document that may become a negative.
 *
 * @param document its number, or {@link #WRITTEN} for a text that was made up
 * @param text the text that was made up; empty for a document of the corpus
 * @param score higher is better; the source's until a scorer has spoken
 * @param rank position in its source's list, from 1
 * @param source name of the source
 */
public record Candidate(int document, String text, double score, int rank, String source) {
    /** The number of a text that is in no corpus. */
    public static final int WRITTEN = -1;

    /** {@return a document of the corpus} */
    public static Candidate of(int document, double score, int rank, String source) {
        return new Candidate(document, "", score, rank, source);
    }

    /** {@return a text that was made up} */
    public static Candidate written(String text, int rank, String source) {
        return new Candidate(WRITTEN, text, 0, rank, source);
    }

    /** {@return whether the text was made up} */
    public boolean isWritten() {
        return document == WRITTEN;
    }

    /** {@return the text, from the corpus if it was not made up} */
    public String text(Corpus corpus) {
        return isWritten() ? text : corpus.text(document);
    }

    /** {@return hash of the text} */
    public long textHash(Corpus corpus) {
        return isWritten() ? NormalText.hash(text) : corpus.textHash(document);
    }

    /** {@return this candidate with another score} */
    public Candidate withScore(double score) {
        return new Candidate(document, text, score, rank, source);
    }

    /** {@return this candidate with another rank and source} */
    public Candidate from(String source, int rank) {
        return new Candidate(document, text, score, rank, source);
    }
}
