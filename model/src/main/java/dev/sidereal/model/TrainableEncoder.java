package dev.sidereal.model;

import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.Tokenizer.Tokens;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.encoder.BertGraph;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.weights.OnnxWeights;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An encoder whose weights can be trained, with its tokenizer and its way of pooling. {@link #forward} gives vectors
 * through which gradients flow, {@link #encode} plain ones, {@link #save} a folder that
 * {@link Encoders#open(String)} serves. Encoding is thread-safe, training is not.
 */
public final class TrainableEncoder implements GradientEncoder {
    /** An ONNX file holds at most 2 GB. */
    private static final long MOST_PARAMETERS = 500_000_000;

    private final TrainableSource source;
    private final Bert model;
    private final @Nullable Path graph;
    private final LocalEncoder encoder;

    private TrainableEncoder(TrainableSource source, Bert model, Tokenizer tokenizer, @Nullable Path graph) {
        this.source = source;
        this.model = model;
        this.graph = graph;
        this.encoder = new LocalEncoder(source.name(), this::currentCard, source.recipe(), tokenizer, states());
    }

    /**
     * Opens an encoder for training in {@code F32}; the caller closes it.
     *
     * @param spec {@code bge-small} or {@code minilm}; or a folder in the sentence-transformers layout with safetensors
     *     files or an ONNX export
     * @throws BadConfig if the spec is none of these or the model is quantised
     * @throws dev.sidereal.core.error.BadInput if a file is missing or wrong, or the architecture is another
     */
    public static TrainableEncoder open(String spec, Device device) {
        return open(source(spec), device);
    }

    private static TrainableSource source(String spec) {
        var packaged = PackagedModel.named(spec);
        if (packaged.isPresent()) {
            return packaged.get().trainable(CacheFolder.path());
        }
        if (Files.isDirectory(Path.of(spec))) {
            return ModelFolder.trainable(spec, Path.of(spec));
        }
        throw new BadConfig("There is no encoder \"" + spec + "\" that can be trained; expected "
                + String.join(" or ", PackagedModel.trainables()) + ", or a model's folder.");
    }

    /** {@return this encoder's tokenizer, prompts and pooling around another network, which it owns} */
    public TrainableEncoder around(Bert network) {
        TrainableSource other = source.with(network.config());
        return new TrainableEncoder(other, network, tokenizer(other), null);
    }

    private static Tokenizer tokenizer(TrainableSource source) {
        Recipe recipe = source.recipe();
        return Tokenizer.of(source.tokenizer(), source.tokenizerFrom(), recipe.maxTokens(), recipe.lowerCase());
    }

    private static TrainableEncoder open(TrainableSource source, Device device) {
        Tokenizer tokenizer = tokenizer(source);
        try (WeightSource weights = source.open()) {
            Path graph = usable(source.graph(), source.config());
            Bert model = Bert.load(source.config(), weights, device, DType.F32);
            return new TrainableEncoder(source, model, tokenizer, graph);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** {@return the graph if it has a place for every weight; an optimised or quantised one has not} */
    private static @Nullable Path usable(@Nullable Path graph, BertConfig config) {
        if (graph == null) {
            return null;
        }
        try (OnnxWeights onnx = OnnxWeights.open(graph)) {
            return onnx.names().containsAll(Bert.names(config)) ? graph : null;
        }
    }

    /** {@return the network and its parameters} */
    public Bert model() {
        return model;
    }

    @Override
    public int dims() {
        return source.config().hidden();
    }

    @Override
    public Parameters parameters() {
        return model.parameters();
    }

    @Override
    public Device device() {
        return model.device();
    }

    @Override
    public String tokenizerHash() {
        return Sha256.of(source.tokenizer());
    }

    /** {@return whether {@link #save} can write an ONNX file, so that ONNX Runtime can serve the folder} */
    public boolean servable() {
        return graph != null || parameters().count() < MOST_PARAMETERS;
    }

    @Override
    public TokenBatch tokenize(Role role, List<String> texts) {
        return batch(
                Arrays.stream(encoder.tokenize(role, texts)).map(Tokens::ids).toList());
    }

    private TokenBatch batch(List<long[]> ids) {
        return TokenBatch.of(ids, source.config().padToken(), model.device());
    }

    @Override
    public Tensor pooled(TokenBatch batch) {
        return batch.pool(source.recipe().pooling(), model.states(batch).getLast());
    }

    /** {@return one vector a text, {@code [texts][dims]}, all texts in one batch; gradients flow through it} */
    public Tensor forward(TokenBatch batch) {
        Tensor pooled = pooled(batch);
        // Lengths of vectors want more digits than bf16 has.
        return source.recipe().normalised() ? Norms.unit(pooled.to(DType.F32)) : pooled;
    }

    /** {@return the network as a plain source of token states} */
    TokenModel states() {
        return new NetworkStates(
                source.config().hidden(), ids -> model.states(batch(ids)).getLast(), model::close);
    }

    /** {@return the card of the weights as they are now; reads them all} */
    @Override
    public EncoderCard card() {
        return encoder.card();
    }

    private EncoderCard currentCard() {
        Recipe recipe = source.recipe();
        return new EncoderCard(
                source.name(),
                recipe.fingerprint("libtorch 1", weightsHash(), Sha256.of(source.tokenizer())),
                recipe.dims(),
                recipe.maxTokens(),
                recipe.normalised());
    }

    private String weightsHash() {
        return Sha256.of(model.parameters().stored());
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        return encoder.encode(role, texts);
    }

    /**
     * Writes the encoder as it is now as a folder in the sentence-transformers layout, with {@code onnx/model.onnx} if
     * it is {@link #servable}: the graph it came with, else one of our own. A low-rank change that is not merged is not in it.
     */
    @Override
    public void save(Path folder) {
        new EncoderFolderWriter(source.recipe(), source.tokenizer(), source.folder())
                .write(folder, parameters(), target -> {
                    model.save(target);
                    if (graph != null) {
                        EncoderFolderWriter.writeGraph(graph, parameters(), target);
                    } else if (servable()) {
                        BertGraph.write(model.config(), parameters(), target.resolve("onnx/model.onnx"));
                    }
                });
    }

    @Override
    public void close() {
        encoder.close();
    }
}
