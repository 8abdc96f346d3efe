package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.vector.RowRun;
import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.cpu.Block.Run;
import dev.sidereal.model.decode.cpu.Products.Batched;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Softmax attention of a pass's rows over their paths. Keys that many rows share go through one matrix product a
 * head, the rest row by row. Where keys and values are bfloat16, products read queries and weights rounded too.
 */
final class Attention {
    private static final int PAD = 16;

    private final DecoderConfig config;
    private final Workspace space;
    private final int type;
    private final int number;
    private final int group;
    private final int dim;
    private final long queryBatch;
    private final long keyBatch;

    Attention(DecoderConfig config, Workspace space) {
        this.config = config;
        this.space = space;
        type = space.bf16 ? OneDnn.BF16 : OneDnn.F32;
        number = space.bf16 ? 2 : 4;
        group = config.groupSize();
        dim = config.headDim();
        queryBatch = (long) space.rows * group * dim;
        keyBatch = (long) space.capacity * dim;
    }

    /** Reads {@code space.queries}, fills {@code space.attended}. */
    void attend(int layer, List<Block> blocks) {
        for (Block block : blocks) {
            // An odd multiple of 16 numbers, so that rows do not fall on the same cache lines.
            int width = (block.width() + 2 * PAD - 1) / (2 * PAD) * 2 * PAD + PAD;
            long batch = (long) Block.MOST_ROWS * group * width;
            MemorySegment plain = space.scores(config.kvHeads() * batch);
            MemorySegment read = space.bf16 ? space.weights(config.kvHeads() * batch) : plain;
            Scores scores = new Scores(plain, read, batch, width, (long) block.first() * group * dim);
            multiply(space.keys[layer], block, scores);
            weigh(space.keys[layer], block, scores);
            mix(space.values[layer], block, scores);
        }
    }

    /**
     * Scores of a block, {@code [kvHeads][rows * group][width]}; offsets are in numbers.
     *
     * @param plain floats
     * @param read the same as products read them: rounded to bfloat16, or the floats themselves
     * @param batch from one head to the next
     * @param queryAt where the block's queries begin in a head
     */
    private record Scores(MemorySegment plain, MemorySegment read, long batch, int width, long queryAt) {
        long row(int head, int query) {
            return head * batch + (long) query * width;
        }
    }

    /** Scores of the keys that rows share. */
    private void multiply(MemorySegment keys, Block block, Scores scores) {
        if (block.tiles().isEmpty()) {
            return;
        }
        MemorySegment queries = queries(block, scores);
        for (Run tile : block.tiles()) {
            Batched shape = new Batched(
                    type,
                    config.kvHeads(),
                    block.rows() * group,
                    tile.count(),
                    dim,
                    queryBatch,
                    dim,
                    keyBatch,
                    1,
                    dim,
                    scores.batch,
                    scores.width,
                    false);
            space.products.multiply(
                    shape,
                    queries.asSlice(number * scores.queryAt),
                    keys.asSlice((long) number * tile.node() * dim),
                    scores.plain.asSlice(4L * tile.column()));
        }
    }

    /** {@return the queries as products read them} */
    private MemorySegment queries(Block block, Scores scores) {
        if (!space.bf16) {
            return space.queries;
        }
        for (int head = 0; head < config.kvHeads(); head++) {
            long at = head * queryBatch + scores.queryAt;
            Rows.toBf16(space.queries, 4 * at, block.rows() * group * dim, space.roundedQueries, 2 * at);
        }
        return space.roundedQueries;
    }

    /** Adds the scores of the keys that rows read alone, and turns all scores into weights. */
    private void weigh(MemorySegment keys, Block block, Scores scores) {
        int tiled = tiledColumns(block);
        for (int head = 0; head < config.kvHeads(); head++) {
            for (int row = 0; row < block.rows(); row++) {
                int length = block.lengths()[row];
                for (int query = row * group; query < (row + 1) * group; query++) {
                    long at = scores.row(head, query);
                    long queryAt = head * queryBatch + scores.queryAt + (long) query * dim;
                    for (Run run : block.extras().get(row)) {
                        Rows.dots(
                                space.queries,
                                4 * queryAt,
                                stored(keys, head, run),
                                scores.plain,
                                4 * (at + run.column()));
                    }
                    Rows.softmax(scores.plain, 4 * at, length);
                    int shared = Math.min(length, tiled);
                    if (space.bf16) {
                        Rows.toBf16(scores.plain, 4 * at, shared, scores.read, 2 * at);
                    }
                    if (shared < tiled) {
                        scores.read
                                .asSlice(number * (at + shared), (long) number * (tiled - shared))
                                .fill((byte) 0);
                    }
                }
            }
        }
    }

    /** Averages the values by the weights. */
    private void mix(MemorySegment values, Block block, Scores scores) {
        boolean first = true;
        for (Run tile : block.tiles()) {
            Batched shape = new Batched(
                    type,
                    config.kvHeads(),
                    block.rows() * group,
                    dim,
                    tile.count(),
                    scores.batch,
                    scores.width,
                    keyBatch,
                    dim,
                    1,
                    queryBatch,
                    dim,
                    !first);
            space.products.multiply(
                    shape,
                    scores.read.asSlice((long) number * tile.column()),
                    values.asSlice((long) number * tile.node() * dim),
                    space.attended.asSlice(4 * scores.queryAt));
            first = false;
        }
        for (int head = 0; head < config.kvHeads(); head++) {
            long headAt = head * queryBatch + scores.queryAt;
            if (first) {
                long bytes = 4L * block.rows() * group * dim;
                space.attended.asSlice(4 * headAt, bytes).fill((byte) 0);
            }
            for (int row = 0; row < block.rows(); row++) {
                for (Run run : block.extras().get(row)) {
                    RowRun stored = stored(values, head, run);
                    for (int query = row * group; query < (row + 1) * group; query++) {
                        Rows.addWeighted(
                                scores.plain,
                                4 * (scores.row(head, query) + run.column()),
                                stored,
                                space.attended,
                                4 * (headAt + (long) query * dim));
                    }
                }
            }
        }
    }

    /** {@return a head's keys or values of consecutive nodes} */
    private RowRun stored(MemorySegment data, int head, Run run) {
        long at = number * (head * keyBatch + (long) run.node() * dim);
        return new RowRun(data, at, (long) number * dim, run.count(), dim, space.bf16);
    }

    private static int tiledColumns(Block block) {
        if (block.tiles().isEmpty()) {
            return 0;
        }
        Run last = block.tiles().getLast();
        return last.column() + last.count();
    }
}
