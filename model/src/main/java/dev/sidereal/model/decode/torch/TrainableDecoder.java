package dev.sidereal.model.decode.torch;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderConfigFile;
import dev.sidereal.model.tensor.Attention;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.NoGrad;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.BareNames;
import dev.sidereal.model.weights.Checkpoint;
import dev.sidereal.model.weights.SafetensorsWriter;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of {@link DecoderConfig}'s kind whose weights take gradients. Attention is written out, which is the faster
 * way under bf16 {@link dev.sidereal.model.tensor.Autocast}. Parameters carry the names of Hugging Face. Reading is
 * thread-safe, changing is not. Sources: Llama 3, arXiv 2407.21783; Qwen3, arXiv 2505.09388; RMSNorm, arXiv 1910.07467;
 * SwiGLU, arXiv 2002.05202; grouped queries, arXiv 2305.13245.
 */
public final class TrainableDecoder implements AutoCloseable {
    private static final String CONFIG = "config.json";
    private static final String EMBEDDING = "model.embed_tokens";
    private static final String HEAD = "lm_head";
    private static final String NORM = "model.norm.weight";

    private final Parameters parameters = new Parameters();
    private final List<Block> blocks;
    private final TokenTable embedding;
    private final TokenTable head;
    private final Tensor norm;
    private final Rotary rotary;
    private DecoderConfig config;

    private TrainableDecoder(DecoderConfig config, DType type, Device device) {
        this.config = config;
        device.requireCompute(type);
        var fresh = new Block.Fresh(parameters, type, device);
        fresh.matrix(EMBEDDING + ".weight", config.vocabulary(), config.hidden());
        for (int layer = 0; layer < config.layers(); layer++) {
            Block.addParameters(config, layer, parameters, type, device);
        }
        fresh.norm(NORM, config.hidden());
        if (!config.tied()) {
            fresh.matrix(HEAD + ".weight", config.vocabulary(), config.hidden());
        }
        blocks = IntStream.range(0, config.layers())
                .mapToObj(layer -> new Block(config, layer, parameters))
                .toList();
        embedding = new TokenTable(parameters, EMBEDDING);
        head = config.tied() ? embedding : new TokenTable(parameters, HEAD);
        norm = parameters.get(NORM);
        rotary = Rotary.of(config);
    }

    /**
     * {@return a decoder with random weights, normal with deviation 0.02, drawn from the numbers that
     * {@link dev.sidereal.model.tensor.Torch#seed} seeds}
     *
     * @throws BadConfig if the device cannot compute in that type
     */
    public static TrainableDecoder random(DecoderConfig config, DType type, Device device) {
        return new TrainableDecoder(config, type, device);
    }

    /**
     * {@return a decoder with copies of stored weights, which may be named with or without the leading {@code model.}}
     *
     * @throws dev.sidereal.core.error.BadInput if a weight is missing or has another shape
     * @throws BadConfig if the device cannot compute in that type
     */
    public static TrainableDecoder load(DecoderConfig config, WeightSource weights, DType type, Device device) {
        TrainableDecoder decoder = new TrainableDecoder(config, type, device);
        try {
            decoder.parameters.copyFrom(BareNames.of(weights));
            return decoder;
        } catch (RuntimeException e) {
            decoder.close();
            throw e;
        }
    }

    /**
     * {@return the decoder in a folder of Hugging Face: {@code config.json} and safetensors}
     *
     * @throws dev.sidereal.core.error.BadInput if the folder does not hold a decoder of this kind, or is damaged
     * @throws BadConfig if the device cannot compute in that type
     */
    public static TrainableDecoder load(Path folder, DType type, Device device) {
        DecoderConfig config = DecoderConfigFile.read(folder.resolve(CONFIG));
        try (Checkpoint weights = Checkpoint.open(folder)) {
            return load(config, weights, type, device);
        }
    }

    /** {@return its shape; the vocabulary counts added tokens} */
    public DecoderConfig config() {
        return config;
    }

    /** {@return its weights by name; rows of added tokens are a parameter of their own} */
    public Parameters parameters() {
        return parameters;
    }

    /** {@return all linear maps of the layers, to which low-rank changes can be attached} */
    public List<Linear> projections() {
        return blocks.stream().flatMap(Block::projections).toList();
    }

    /**
     * Adds tokens at the end of the vocabulary, to the embedding and to the head. All other rows of both are frozen, bit
     * by bit, until {@link Parameters#freeze} decides anew. New rows are the mean of the others plus noise.
     *
     * @param noise deviation of the noise as a share of the deviation of the others
     * @throws BadConfig if there is nothing to add
     */
    public void extendVocabulary(int tokens, double noise) {
        if (tokens < 1 || !(noise >= 0)) {
            throw new BadConfig("A vocabulary is extended by at least 1 token and noise of at least 0, got " + tokens
                    + " and " + noise + ".");
        }
        embedding.extend(tokens, noise);
        if (!config.tied()) {
            head.extend(tokens, noise);
        }
        config = config.withVocabulary(embedding.rows());
        parameters.all().forEach((name, parameter) -> {
            if (embedding.owns(name) || head.owns(name)) {
                parameter.requiresGrad(TokenTable.holdsAdded(name));
            }
        });
    }

    /** {@return embeddings of tokens, {@code I64[batch][positions]} to {@code [batch][positions][hidden]}} */
    public Tensor embed(Tensor tokens) {
        return embedding.lookUp(tokens);
    }

    /**
     * {@return the residual stream before the first layer, and after each up to {@code layers}: {@code layers + 1}
     * tensors {@code [batch][positions][hidden]}, before the final norm}
     *
     * @param embedded {@code [batch][positions][hidden]}
     * @throws BadConfig if there are not so many layers or positions
     */
    public List<Tensor> states(Tensor embedded, AttentionMask mask, int layers) {
        int positions = embedded.size(1);
        if (layers < 0 || layers > config.layers()) {
            throw new BadConfig(
                    "States of " + layers + " layers were asked for, the decoder has " + config.layers() + ".");
        }
        if (positions > config.maxPositions()) {
            throw new BadConfig("A sequence has " + positions + " positions, the model reads at most "
                    + config.maxPositions() + "; shorten it.");
        }
        Rotary.Turn turn = rotary.at(Tensors.range(positions, embedded.device()), embedded.dtype());
        Block.Mixing mixing = new WholeSequences(mask.tensor(positions, embedded.device()));
        List<Tensor> states = new ArrayList<>();
        states.add(embedded);
        for (Block block : blocks.subList(0, layers)) {
            states.add(block.forward(states.getLast(), turn, mixing));
        }
        return states;
    }

    /** {@return last states after the final norm, {@code [batch][positions][hidden]} for embeddings of that shape} */
    public Tensor hidden(Tensor embedded, AttentionMask mask) {
        return normed(states(embedded, mask, config.layers()).getLast());
    }

    /** {@return states after the final norm, {@code [...][hidden]}} */
    public Tensor normed(Tensor states) {
        return Norms.rmsNorm(states, norm, config.normEpsilon());
    }

    /** {@return scores of all tokens, {@code [...][hidden]} after the final norm to {@code [...][vocabulary]}} */
    public Tensor logits(Tensor hidden) {
        return head.scores(hidden);
    }

    /** {@return scores of the tokens {@code from} (inclusive) to {@code to} (exclusive)} */
    Tensor logits(Tensor hidden, int from, int to) {
        return head.scores(hidden, from, to);
    }

    /**
     * Writes a folder of Hugging Face: {@code config.json} and the weights, each table of tokens in one piece. Low-rank
     * changes that are not merged are left out.
     *
     * @throws dev.sidereal.core.error.Unavailable if it cannot be written
     */
    public void save(Path folder) {
        SafetensorsWriter writer = new SafetensorsWriter();
        Map<String, TokenTable> tables = new LinkedHashMap<>();
        tables.put(EMBEDDING + ".weight", embedding);
        tables.put(HEAD + ".weight", head);
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            parameters.all().forEach((name, parameter) -> {
                TokenTable table = tables.get(name);
                if (table != null) {
                    List<Long> shape = List.of((long) config.vocabulary(), (long) config.hidden());
                    writer.add(
                            name, dtype().stored(), shape, () -> table.whole().stored(name));
                } else if (!TokenTable.holdsAdded(name)) {
                    writer.add(parameter.stored(name));
                }
            });
            Checkpoint.write(folder, writer, Checkpoint.SHARD_BYTES);
        }
        DecoderConfigFile.write(config, folder.resolve(CONFIG));
    }

    Rotary rotary() {
        return rotary;
    }

    List<Block> blocks() {
        return blocks;
    }

    /** {@return type of the weights} */
    DType dtype() {
        return norm.dtype();
    }

    /** {@return where the weights are} */
    public Device device() {
        return norm.device();
    }

    @Override
    public void close() {
        parameters.close();
    }

    /** Every position of a batch at once. */
    private record WholeSequences(@Nullable Tensor mask) implements Block.Mixing {
        @Override
        public Tensor attend(int layer, Tensor q, Tensor k, Tensor v) {
            Tensor out = Attention.writtenOut(q.transpose(1, 2), k.transpose(1, 2), v.transpose(1, 2), mask, 0);
            return out.transpose(1, 2).reshape(q.size(0), q.size(1), -1);
        }
    }
}
