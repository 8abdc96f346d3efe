package dev.sidereal.train.negatives.corpus;

/** A 64-bit hash of vectors in order, by their bits. */
final class VectorHash {
    private long state = 0x9E3779B97F4A7C15L;

    void add(float[] vector) {
        for (float value : vector) {
            long mixed = (state ^ Float.floatToIntBits(value)) * 0xBF58476D1CE4E5B9L;
            state = mixed ^ (mixed >>> 29);
        }
    }

    String hex() {
        return "%016x".formatted(state);
    }
}
