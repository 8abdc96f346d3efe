package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderConfigFile;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.PathTree;
import dev.sidereal.model.weights.BareNames;
import dev.sidereal.model.weights.Checkpoint;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A decoder served on the CPU. Weights are packed at opening: as many bytes as the checkpoint in the type asked for, plus
 * the embedding table where it lies. A session takes {@code 8 * layers * kvDim} bytes a position; sessions that close
 * leave their memory to the next. Thread-safe; sessions are not.
 */
public final class CpuDecoder implements Decoder {
    /** Sessions' memory kept for the next ones. */
    private static final int MOST_IDLE = 4;

    private static final int SMALLEST = 256;

    private final DecoderConfig config;
    private final DecoderWeights weights;
    private final RotaryTable rotary;
    private final int threads;
    private final List<Workspace> idle = new ArrayList<>();
    /** Sessions that are open; the weights stay until the last one is closed. */
    private int open;

    private boolean closed;

    /** Type of weights and of what they are multiplied with; sums, keys and values are floats in all. */
    public enum Precision {
        /** Single precision. */
        F32(OneDnn.F32),
        /** Half the memory and, on a CPU with the instructions for it, twice as fast; about three digits. */
        BF16(OneDnn.BF16),
        /**
         * Weights as signed bytes, each output by its own scale, and what they are multiplied with as bytes by a scale a
         * row; everything else in single precision. A quarter of the memory; on a CPU with the instructions for it up to
         * twice as fast as {@link #BF16}; about two digits. Of the 30 best items of a random model with four layers of
         * width 256, 94 % are those of {@link #F32}, and 98 % with {@link #BF16}.
         */
        INT8(OneDnn.S8);

        private final int type;

        Precision(int type) {
            this.type = type;
        }

        /**
         * {@return BF16 where the CPU has instructions for it, F32 elsewhere}
         *
         * @throws dev.sidereal.core.error.Unavailable if the native library cannot be loaded
         */
        public static Precision fastest() {
            return OneDnn.get().multipliesBf16() ? BF16 : F32;
        }
    }

    private CpuDecoder(DecoderConfig config, DecoderWeights weights, int threads) {
        this.config = config;
        this.weights = weights;
        this.threads = threads;
        rotary = new RotaryTable(config);
    }

    /**
     * Packs a checkpoint's weights.
     *
     * @param weights under the names of Hugging Face; closed with the decoder, or at once when it cannot be opened
     * @param threads of one session's matrix products
     * @throws dev.sidereal.core.error.BadInput if a tensor is missing or of another shape
     * @throws dev.sidereal.core.error.Unavailable if the native library cannot be loaded
     */
    public static CpuDecoder open(DecoderConfig config, WeightSource weights, Precision precision, int threads) {
        if (threads < 1) {
            throw new BadConfig("A decoder needs at least 1 thread, got " + threads + ".");
        }
        try {
            return new CpuDecoder(config, new DecoderWeights(config, BareNames.of(weights), precision.type), threads);
        } catch (RuntimeException e) {
            weights.close();
            throw e;
        }
    }

    /**
     * {@return the decoder in a folder of Hugging Face: {@code config.json} and safetensors}
     *
     * @param threads of one session's matrix products
     * @throws dev.sidereal.core.error.BadInput if the folder does not hold a decoder of this kind, or is damaged
     * @throws dev.sidereal.core.error.Unavailable if the native library cannot be loaded
     */
    public static CpuDecoder load(Path folder, Precision precision, int threads) {
        DecoderConfig config = DecoderConfigFile.read(folder.resolve("config.json"));
        return open(config, Checkpoint.open(folder), precision, threads);
    }

    @Override
    public DecoderConfig config() {
        return config;
    }

    @Override
    public DecodeSession open(int capacity) {
        return open(capacity, Edits.NONE);
    }

    /**
     * {@return this decoder with edits, over the same weights and memory}; closing it does nothing
     *
     * @throws BadConfig if an edit does not fit the model
     */
    public Decoder edited(Edits edits) {
        edits.check(config);
        return new Edited(edits);
    }

    private DecodeSession open(int capacity, Edits edits) {
        PathTree tree = new PathTree(config, capacity);
        return new CpuSession(this, edits, take(capacity), tree);
    }

    DecoderWeights weights() {
        return weights;
    }

    RotaryTable rotary() {
        return rotary;
    }

    int threads() {
        return threads;
    }

    private Workspace take(int capacity) {
        synchronized (idle) {
            if (closed) {
                throw new IllegalStateException("the decoder is closed");
            }
            open++;
            for (int i = 0; i < idle.size(); i++) {
                if (idle.get(i).capacity >= capacity) {
                    return idle.remove(i);
                }
            }
        }
        try {
            return new Workspace(config, weights.type(), roundedUp(capacity));
        } catch (RuntimeException | OutOfMemoryError e) {
            synchronized (idle) {
                open--;
            }
            throw e;
        }
    }

    /** Few sizes, so that memory fits the next session: eight steps between powers of two. */
    private static int roundedUp(int capacity) {
        int step = Math.max(SMALLEST, Integer.highestOneBit(capacity)) / 8;
        return Math.max(SMALLEST, (capacity + step - 1) / step * step);
    }

    void giveBack(Workspace space) {
        synchronized (idle) {
            open--;
            if (!closed && idle.size() < MOST_IDLE) {
                idle.add(space);
                return;
            }
            space.close();
            if (closed && open == 0) {
                weights.close();
            }
        }
    }

    /** Opens no further session; the weights are let go with the last one. */
    @Override
    public void close() {
        synchronized (idle) {
            if (closed) {
                return;
            }
            closed = true;
            idle.forEach(Workspace::close);
            idle.clear();
            if (open == 0) {
                weights.close();
            }
        }
    }

    /** A view with edits. */
    private final class Edited implements Decoder {
        private final Edits edits;

        Edited(Edits edits) {
            this.edits = edits;
        }

        @Override
        public DecoderConfig config() {
            return config;
        }

        @Override
        public DecodeSession open(int capacity) {
            return CpuDecoder.this.open(capacity, edits);
        }

        @Override
        public void close() {
            // The weights are the original's.
        }
    }
}
