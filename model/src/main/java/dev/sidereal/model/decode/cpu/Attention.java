package dev.sidereal.model.decode.cpu;

import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.cpu.Block.Run;
import dev.sidereal.model.decode.cpu.Products.Batched;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Softmax attention of a pass's rows over their paths. Keys that many rows share go through one matrix product a
 * head, the rest row by row.
 */
final class Attention {
    private static final int PAD = 16;

    private final DecoderConfig config;
    private final Workspace space;
    private final int group;
    private final long headBytes;
    private final long queryBatch;
    private final long keyBatch;

    Attention(DecoderConfig config, Workspace space) {
        this.config = config;
        this.space = space;
        group = config.groupSize();
        headBytes = 4L * config.headDim();
        queryBatch = (long) space.rows * group * config.headDim();
        keyBatch = (long) space.capacity * config.headDim();
    }

    /** Reads {@code space.queries}, fills {@code space.attended}. */
    void attend(int layer, List<Block> blocks) {
        for (Block block : blocks) {
            attend(space.keys[layer], space.values[layer], block);
        }
    }

    private void attend(MemorySegment keys, MemorySegment values, Block block) {
        // An odd multiple of 16 floats, so that rows do not fall on the same cache lines.
        int width = (block.width() + 2 * PAD - 1) / (2 * PAD) * 2 * PAD + PAD;
        long scoresBatch = (long) Block.MOST_ROWS * group * width;
        MemorySegment scores = space.scores(config.kvHeads() * scoresBatch);
        long queryAt = headBytes * block.first() * group;
        for (Run tile : block.tiles()) {
            Batched shape = new Batched(
                    config.kvHeads(),
                    block.rows() * group,
                    tile.count(),
                    config.headDim(),
                    queryBatch,
                    config.headDim(),
                    keyBatch,
                    1,
                    config.headDim(),
                    scoresBatch,
                    width,
                    false);
            space.products.multiply(
                    shape,
                    space.queries.asSlice(queryAt),
                    keys.asSlice(tile.node() * headBytes),
                    scores.asSlice(4L * tile.column()));
        }
        weigh(keys, block, scores, scoresBatch, width, queryAt);
        mix(values, block, scores, scoresBatch, width, queryAt);
    }

    /** Adds the scores of the keys that rows read alone, and turns all scores into weights. */
    private void weigh(
            MemorySegment keys, Block block, MemorySegment scores, long scoresBatch, int width, long queryAt) {
        int tiled = tiledColumns(block);
        for (int head = 0; head < config.kvHeads(); head++) {
            for (int row = 0; row < block.rows(); row++) {
                int length = block.lengths()[row];
                for (int g = 0; g < group; g++) {
                    long query = 4L * head * queryBatch + queryAt + headBytes * ((long) row * group + g);
                    long at = 4 * ((long) head * scoresBatch + ((long) row * group + g) * width);
                    for (Run run : block.extras().get(row)) {
                        Rows.dots(
                                space.queries,
                                query,
                                keys,
                                4L * head * keyBatch + run.node() * headBytes,
                                headBytes,
                                run.count(),
                                config.headDim(),
                                scores,
                                at + 4L * run.column());
                    }
                    Rows.softmax(scores, at, length);
                    if (length < tiled) {
                        scores.asSlice(at + 4L * length, 4L * (tiled - length)).fill((byte) 0);
                    }
                }
            }
        }
    }

    /** Averages the values by the weights. */
    private void mix(
            MemorySegment values, Block block, MemorySegment scores, long scoresBatch, int width, long queryAt) {
        boolean first = true;
        for (Run tile : block.tiles()) {
            Batched shape = new Batched(
                    config.kvHeads(),
                    block.rows() * group,
                    config.headDim(),
                    tile.count(),
                    scoresBatch,
                    width,
                    keyBatch,
                    config.headDim(),
                    1,
                    queryBatch,
                    config.headDim(),
                    !first);
            space.products.multiply(
                    shape,
                    scores.asSlice(4L * tile.column()),
                    values.asSlice(tile.node() * headBytes),
                    space.attended.asSlice(queryAt));
            first = false;
        }
        for (int head = 0; head < config.kvHeads(); head++) {
            if (first) {
                long at = 4L * head * queryBatch + queryAt;
                space.attended.asSlice(at, headBytes * block.rows() * group).fill((byte) 0);
            }
            for (int row = 0; row < block.rows(); row++) {
                for (Run run : block.extras().get(row)) {
                    for (int g = 0; g < group; g++) {
                        Rows.addWeighted(
                                scores,
                                4 * ((long) head * scoresBatch + ((long) row * group + g) * width + run.column()),
                                values,
                                4L * head * keyBatch + run.node() * headBytes,
                                headBytes,
                                run.count(),
                                config.headDim(),
                                space.attended,
                                4L * head * queryBatch + queryAt + headBytes * ((long) row * group + g));
                    }
                }
            }
        }
    }

    private static int tiledColumns(Block block) {
        if (block.tiles().isEmpty()) {
            return 0;
        }
        Run last = block.tiles().getLast();
        return last.column() + last.count();
    }
}
