package dev.sidereal.train.negatives.corpus;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Progress;
import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.core.vector.Vectors;
import dev.sidereal.train.negatives.Corpus;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Vectors in a mapped file: little-endian floats row by row, no header. The heap holds one batch while it is written and
 * nothing afterwards. Thread-safe until closed.
 */
public final class VectorFile implements DocumentVectors, AutoCloseable {
    private static final ValueLayout.OfFloat FLOAT =
            ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment rows;
    private final int size;
    private final int dims;
    private final String fingerprint;

    private VectorFile(Path file, int size, int dims, String fingerprint) {
        this.size = size;
        this.dims = dims;
        this.fingerprint = fingerprint;
        try (FileChannel channel = FileChannel.open(file)) {
            this.rows = channel.map(MapMode.READ_ONLY, 0, channel.size(), arena);
        } catch (IOException e) {
            arena.close();
            throw new Unavailable("cannot map " + file + ": " + e, e);
        }
    }

    /**
     * Encodes all documents into a file, which replaces what is there when it is whole.
     *
     * @param batch texts given to the encoder at a time
     * @throws BadInput if a vector has another length than the encoder's card says, or a value that is not finite
     */
    public static VectorFile encode(Path file, Corpus corpus, Encoder encoder, int batch, Progress progress) {
        int dims = encoder.card().dims();
        VectorHash hash = new VectorHash();
        try (Progress.Task task = progress.start("encoding documents", corpus.size())) {
            AtomicFile.write(file, out -> {
                for (int first = 0; first < corpus.size(); first += batch) {
                    List<String> texts = new ArrayList<>(batch);
                    for (int i = first; i < Math.min(first + batch, corpus.size()); i++) {
                        texts.add(corpus.text(i));
                    }
                    float[][] vectors =
                            encoder.encode(Encoder.Role.DOCUMENT, texts).vectors();
                    write(vectors, dims, first, hash, out);
                    task.advance(vectors.length);
                }
            });
        }
        return new VectorFile(file, corpus.size(), dims, hash.hex());
    }

    private static void write(float[][] vectors, int dims, int first, VectorHash hash, OutputStream out)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(dims * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < vectors.length; i++) {
            check(vectors[i], dims, first + i);
            hash.add(vectors[i]);
            bytes.asFloatBuffer().put(vectors[i]);
            out.write(bytes.array());
        }
    }

    static void check(float[] vector, int dims, int document) {
        if (vector.length != dims) {
            throw new BadInput("the vector of document " + (document + 1) + " has " + vector.length
                    + " dimensions, expected " + dims);
        }
        int bad = Vectors.firstNonFinite(vector);
        if (bad >= 0) {
            throw new BadInput("the vector of document " + (document + 1) + " has " + vector[bad] + " at dimension "
                    + bad + "; the encoder is broken or its training has diverged");
        }
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
        float[] row = new float[dims];
        MemorySegment.copy(rows, FLOAT, (long) document * dims * Float.BYTES, row, 0, dims);
        return row;
    }

    @Override
    public void dots(float[] query, int first, int count, float[] scores) {
        Vectors.dotRows(query, rows, first, count, scores);
    }

    @Override
    public void close() {
        arena.close();
    }
}
