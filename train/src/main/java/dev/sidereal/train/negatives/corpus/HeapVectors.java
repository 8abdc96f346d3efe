package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.Vectors;

/** Vectors in the heap, for small corpora. */
public final class HeapVectors implements DocumentVectors {
    private static final long MOST = Integer.MAX_VALUE - 8L;

    private final int size;
    private final int dims;
    private final float[] rows;
    private final String fingerprint;

    /**
     * Copies vectors.
     *
     * @param vectors {@code float[n][dims]}, n at least 1
     * @throws BadInput if they differ in length or a value is not finite
     */
    public HeapVectors(float[][] vectors) {
        this.size = vectors.length;
        this.dims = vectors.length == 0 ? 0 : vectors[0].length;
        if (dims == 0) {
            throw new BadInput("there are no document vectors");
        }
        if ((long) size * dims > MOST) {
            throw new BadInput(
                    size + " vectors of " + dims + " dimensions do not fit in the heap; encode them into a file");
        }
        this.rows = new float[size * dims];
        VectorHash hash = new VectorHash();
        for (int i = 0; i < size; i++) {
            VectorFile.check(vectors[i], dims, i);
            hash.add(vectors[i]);
            System.arraycopy(vectors[i], 0, rows, i * dims, dims);
        }
        this.fingerprint = hash.hex();
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public int dims() {
        return dims;
    }

    @Override
    public String fingerprint() {
        return fingerprint;
    }

    @Override
    public float[] row(int document) {
        return java.util.Arrays.copyOfRange(rows, document * dims, (document + 1) * dims);
    }

    @Override
    public void dots(float[] query, int first, int count, float[] scores) {
        Vectors.dotRows(query, rows, first, count, scores);
    }
}
