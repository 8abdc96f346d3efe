package dev.sidereal.train.recipe;

import dev.sidereal.model.EosEncoder;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.TrainableEncoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.encoder.BertConfig;

/**
 * Bytes that a network holds for each token while it is trained or asked: all arrays of a pass, since a scope frees them
 * together at its end. Numbers of products take {@code s} bytes (2 in bf16, else 4). Per layer and token, with {@code h}
 * hidden channels, {@code m} neurons, {@code a} heads and texts of {@code w} tokens:
 *
 * <p>A BERT's layer: query, key and value as one product {@code 3sh}; the scaled query, and query, key and value as the
 * products of heads want them, {@code 4sh}; what attention gives, and it joined, {@code 2sh}; two dense maps {@code 2sh},
 * dropout's mask and result behind each {@code 4sh}, the sum with the layer's input and its norm {@code 4sh}; neurons before
 * and after the activation {@code 2sm}; tables of heads: scores, scores without padding, softmax, dropout's mask and result,
 * {@code 5saw}, without dropout {@code 3saw}. The table of all heads is what grows with the texts: at 512 tokens it is two
 * thirds of bge-small's memory. Before the layers, in single precision: two sums, words, a norm, dropout's mask and result,
 * {@code 24h}, and in bf16 a copy, {@code 2h}.
 *
 * <p>A decoder's layer, with queries of {@code q} and keys of {@code k} numbers, and {@code c = 2} for copies in bf16, else 0:
 * two norms with the numbers they keep and their copies {@code (16 + 2c)h}, two sums {@code 8h}, two maps back {@code 2sh};
 * queries: product, norm of heads, turning by position, and what attention makes of them, {@code (36 + 5s)q}, keys and values
 * {@code (28 + 5s)k}; neurons {@code 4sm}; three tables {@code 3saw}.
 *
 * <p>Backward passes hold one layer's gradients beside that. Without gradients nothing is dropped, and
 * in single precision attention keeps no table.
 *
 * @param layer of one layer, tables of heads included
 * @param layers how many there are
 * @param before of what stands before the layers
 * @param asked of one layer without gradients
 */
record TokenMemory(long layer, int layers, long before, long asked) {
    /** {@return the memory of an encoder for texts of that many tokens} */
    static TokenMemory of(GradientEncoder encoder, int width, boolean bf16) {
        return switch (encoder) {
            case TrainableEncoder bert -> of(bert.model().config(), width, bf16);
            case EosEncoder eos -> of(eos.model().config(), width, bf16);
        };
    }

    static TokenMemory of(BertConfig config, int width, boolean bf16) {
        long s = bf16 ? 2 : 4;
        long h = config.hidden();
        long maps = 11 * s * h + 2 * s * config.intermediate();
        long attention = 4 * s * h + tables(config.heads(), width, s, config.attentionDropout() > 0 ? 5 : 3);
        long dropped = config.dropout() > 0 ? 4 * s * h : 0;
        long before = (config.dropout() > 0 ? 24 : 16) * h + (bf16 ? 2 * h : 0);
        long asked = bf16 ? maps + 4 * s * h + tables(config.heads(), width, s, 3) : maps;
        return new TokenMemory(maps + attention + dropped, config.layers(), before, asked);
    }

    static TokenMemory of(DecoderConfig config, int width, boolean bf16) {
        long s = bf16 ? 2 : 4;
        long c = bf16 ? 2 : 0;
        long maps = (24 + 2 * c + 2 * s) * config.hidden()
                + (36 + 5 * s) * config.queryDim()
                + (28 + 5 * s) * config.kvDim()
                + 4 * s * config.intermediate();
        long layer = maps + tables(config.heads(), width, s, 3);
        // Attention over whole sequences is written out, with gradients or without.
        return new TokenMemory(layer, config.layers(), 4L * config.hidden(), layer);
    }

    private static long tables(long heads, int width, long bytes, int count) {
        return count * bytes * heads * width;
    }

    /** {@return bytes a token of a forward pass that records its graph} */
    long graph() {
        return before + layers * layer;
    }

    /** {@return bytes a token of a step: the graph, and one layer's gradients} */
    long step() {
        return graph() + layer;
    }

    /** {@return bytes a token of a pass without gradients} */
    long answer() {
        return before + layers * asked;
    }
}
