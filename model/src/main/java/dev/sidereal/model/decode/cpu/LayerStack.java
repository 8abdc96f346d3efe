package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.decode.Input;
import dev.sidereal.model.decode.PathTree;
import dev.sidereal.model.decode.cpu.DecoderWeights.Layer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The blocks of a decoder, applied to the rows of a pass. */
final class LayerStack {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT;

    private final DecoderConfig config;
    private final DecoderWeights weights;
    private final RotaryTable rotary;
    private final Workspace space;
    private final Attention attention;
    private final EditedRows edits;
    private final boolean bf16;
    private final int number;

    LayerStack(CpuDecoder decoder, Edits edits, Workspace space) {
        this.config = decoder.config();
        this.weights = decoder.weights();
        this.rotary = decoder.rotary();
        this.space = space;
        this.edits = new EditedRows(edits, config, space);
        attention = new Attention(config, space);
        bf16 = space.bf16;
        number = bf16 ? 2 : 4;
    }

    /** Fills the keys and values of the pass's nodes, and {@code hidden} of the branches that end in it. */
    void run(Pass pass, PathTree tree, float[][] hidden) {
        embed(pass);
        List<Block> blocks = blocks(pass, tree);
        for (int i = 0; i < config.layers() - 1; i++) {
            Layer layer = weights.layer(i);
            normalise(layer.attentionNorm(), pass.rows());
            project(i, layer.attention(), layer.attention(), pass);
            attention.attend(i, blocks);
            finish(i, pass);
        }
        last(pass, tree, blocks);
        for (int row = 0; row < pass.rows(); row++) {
            hidden[pass.branches[row]] = state(row);
        }
    }

    /** The last block: all rows leave keys and values, only those asked for go on. */
    private void last(Pass pass, PathTree tree, List<Block> blocks) {
        int index = config.layers() - 1;
        Layer layer = weights.layer(index);
        normalise(layer.attentionNorm(), pass.rows());
        if (pass.neededRows() == pass.rows()) {
            project(index, layer.attention(), layer.attention(), pass);
            attention.attend(index, blocks);
        } else {
            project(index, Objects.requireNonNull(layer.keysValues()), null, pass);
            keep(pass, space.stream, 4L * config.hidden());
            keep(pass, space.normed, (long) number * config.hidden());
            pass.narrow();
            if (pass.isEmpty()) {
                return;
            }
            project(index, null, Objects.requireNonNull(layer.queries()), pass);
            attention.attend(index, blocks(pass, tree));
        }
        finish(index, pass);
    }

    private List<Block> blocks(Pass pass, PathTree tree) {
        return Block.of(tree, pass.nodes, pass.branches, pass.rows(), config.groupSize());
    }

    private void embed(Pass pass) {
        for (int row = 0; row < pass.rows(); row++) {
            long at = 4L * row * config.hidden();
            switch (pass.input(row)) {
                case Input.Tokens tokens -> weights.embed(tokens.ids()[pass.offset(row)], space.stream, at);
                case Input.Vectors vectors ->
                    MemorySegment.copy(vectors.rows()[pass.offset(row)], 0, space.stream, FLOAT, at, config.hidden());
            }
        }
    }

    private void normalise(MemorySegment gain, int rows) {
        for (int row = 0; row < rows; row++) {
            Rows.rmsNorm(
                    space.stream,
                    4L * row * config.hidden(),
                    config.hidden(),
                    gain,
                    config.normEpsilon(),
                    bf16,
                    space.normed,
                    (long) number * row * config.hidden());
        }
    }

    /**
     * Queries, keys and values of the pass's rows, rotated to their positions.
     *
     * @param keysValues the map whose last columns are keys and values; null to leave them out
     * @param queries the map whose first columns are queries; the same or null
     */
    private void project(int index, @Nullable PackedLinear keysValues, @Nullable PackedLinear queries, Pass pass) {
        PackedLinear map = Objects.requireNonNull(keysValues == null ? queries : keysValues);
        space.products.map(map, space.normed, pass.rows(), space.projected, false);
        MemorySegment angles = rotary.covering(maxPosition(pass) + 1);
        Layer layer = weights.layer(index);
        long headBytes = 4L * config.headDim();
        for (int row = 0; row < pass.rows(); row++) {
            long at = 4L * row * map.out();
            long angleAt = rotary.rowBytes() * pass.positions[row];
            if (queries != null) {
                for (int head = 0; head < config.heads(); head++) {
                    long to = queryAt(row, head);
                    head(at + head * headBytes, layer.queryNorm());
                    Rows.rotate(
                            space.projected,
                            at + head * headBytes,
                            config.headDim(),
                            angles,
                            angleAt,
                            (float) (1 / Math.sqrt(config.headDim())),
                            space.queries,
                            to);
                }
            }
            if (keysValues != null) {
                long keysAt = at + 4L * (map.out() - 2 * config.kvDim());
                long valuesAt = at + 4L * (map.out() - config.kvDim());
                for (int head = 0; head < config.kvHeads(); head++) {
                    long to = (long) number * config.headDim() * ((long) head * space.capacity + pass.nodes[row]);
                    head(keysAt + head * headBytes, layer.keyNorm());
                    Rows.rotate(
                            space.projected,
                            keysAt + head * headBytes,
                            config.headDim(),
                            angles,
                            angleAt,
                            1,
                            space.projected,
                            keysAt + head * headBytes);
                    copy(space.projected, keysAt + head * headBytes, config.headDim(), space.keys[index], to);
                    copy(space.projected, valuesAt + head * headBytes, config.headDim(), space.values[index], to);
                }
            }
        }
    }

    /** Normalises one head in place where the model does so. */
    private void head(long at, @Nullable MemorySegment gain) {
        if (gain != null) {
            Rows.rmsNorm(space.projected, at, config.headDim(), gain, config.normEpsilon(), false, space.projected, at);
        }
    }

    private long queryAt(int row, int head) {
        long batch = (long) head / config.groupSize() * space.rows * config.groupSize();
        return 4L * config.headDim() * (batch + (long) row * config.groupSize() + head % config.groupSize());
    }

    private static int maxPosition(Pass pass) {
        int most = 0;
        for (int row = 0; row < pass.rows(); row++) {
            most = Math.max(most, pass.positions[row]);
        }
        return most;
    }

    /** From what the rows attended to, to what they hand to the next block. */
    private void finish(int index, Pass pass) {
        Layer layer = weights.layer(index);
        int rows = pass.rows();
        for (int row = 0; row < rows; row++) {
            for (int head = 0; head < config.heads(); head++) {
                long to = (long) number * (row * (long) config.queryDim() + (long) head * config.headDim());
                copy(space.attended, queryAt(row, head), config.headDim(), space.gathered, to);
            }
        }
        space.products.map(layer.output(), space.gathered, rows, space.stream, true);
        normalise(layer.mlpNorm(), rows);
        space.products.map(layer.gateUp(), space.normed, rows, space.gateUp, false);
        int inner = config.intermediate();
        for (int row = 0; row < rows; row++) {
            long to = (long) number * row * inner;
            Rows.swiGlu(space.gateUp, 8L * row * inner, inner, bf16, space.activated, to);
        }
        space.products.map(layer.down(), space.activated, rows, space.stream, true);
        if (pass.edited()) {
            edits.apply(index, pass);
        }
    }

    /** Copies floats into the type that products read. */
    private void copy(MemorySegment from, long at, int n, MemorySegment to, long toAt) {
        if (bf16) {
            Rows.toBf16(from, at, n, to, toAt);
        } else {
            MemorySegment.copy(from, at, to, toAt, 4L * n);
        }
    }

    private static void keep(Pass pass, MemorySegment rows, long bytes) {
        for (int i = 0; i < pass.neededRows(); i++) {
            if (pass.needed[i] != i) {
                MemorySegment.copy(rows, bytes * pass.needed[i], rows, bytes * i, bytes);
            }
        }
    }

    private float[] state(int row) {
        MemorySegment normed = space.projected;
        Rows.rmsNorm(
                space.stream,
                4L * row * config.hidden(),
                config.hidden(),
                weights.finalNorm(),
                config.normEpsilon(),
                false,
                normed,
                0);
        return normed.asSlice(0, 4L * config.hidden()).toArray(FLOAT);
    }

    /** {@return scores of some tokens after each hidden state, flat} */
    float[] logits(float[][] hidden, int from, int to) {
        int width = to - from;
        PackedLinear head = weights.head(from, to);
        int skipped = head.out() == width ? 0 : from;
        float[] logits = new float[hidden.length * width];
        int rows = Math.min(hidden.length, space.rows);
        MemorySegment out = space.scores((long) rows * head.out());
        for (int done = 0; done < hidden.length; done += rows) {
            int taken = Math.min(rows, hidden.length - done);
            for (int row = 0; row < taken; row++) {
                MemorySegment.copy(hidden[done + row], 0, space.stream, FLOAT, 0, config.hidden());
                copy(space.stream, 0, config.hidden(), space.normed, (long) number * row * config.hidden());
            }
            space.products.map(head, space.normed, taken, out, false);
            for (int row = 0; row < taken; row++) {
                long at = 4L * ((long) row * head.out() + skipped);
                MemorySegment.copy(out, FLOAT, at, logits, (done + row) * width, width);
            }
        }
        return logits;
    }
}
