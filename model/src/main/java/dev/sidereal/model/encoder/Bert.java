package dev.sidereal.model.encoder;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.Activations;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Norms;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.weights.Checkpoint;
import dev.sidereal.model.weights.SafetensorsWriter;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * An encoder of the BERT or XLM-RoBERTa family with weights that can be trained. Parameters carry the names of Hugging
 * Face. Reading is thread-safe, training is not. Sources: Devlin et al., arXiv 1810.04805; Conneau et al., arXiv
 * 1911.02116.
 */
public final class Bert implements AutoCloseable {
    private static final double DEVIATION = 0.02;

    private final BertConfig config;
    private final Device device;
    private final Parameters parameters;
    private final List<BertLayer> layers;

    private Bert(BertConfig config, Device device, Parameters parameters) {
        this.config = config;
        this.device = device;
        this.parameters = parameters;
        this.layers = IntStream.range(0, config.layers())
                .mapToObj(i -> new BertLayer(config, parameters, i))
                .toList();
    }

    /** {@return an encoder with random weights, as BERT begins; see {@link dev.sidereal.model.tensor.Torch#seed}} */
    public static Bert random(BertConfig config, Device device) {
        Parameters parameters = new Parameters();
        try (TensorScope _ = new TensorScope()) {
            BertNames.shapes(config).forEach((name, shape) -> parameters.add(name, initial(name, shape, device)));
        }
        return new Bert(config, device, parameters);
    }

    private static Tensor initial(String name, long[] shape, Device device) {
        if (shape.length == 2) {
            return Tensors.normal(DEVIATION, DType.F32, device, shape);
        }
        return Tensors.full(name.endsWith(".weight") ? 1 : 0, DType.F32, device, shape);
    }

    /**
     * {@return an encoder with the weights of a checkpoint or ONNX file, copied and converted to {@code type}}
     *
     * @throws dev.sidereal.core.error.BadInput if a tensor is missing or has another shape
     * @throws BadConfig if the device cannot compute in that type
     */
    public static Bert load(BertConfig config, WeightSource source, Device device, DType type) {
        device.requireCompute(type);
        BertNames names = BertNames.of(source);
        Map<String, long[]> shapes = new LinkedHashMap<>(BertNames.shapes(config));
        if (names.has(BertNames.POOLER + ".weight") && names.has(BertNames.POOLER + ".bias")) {
            // Not used for vectors, but written back for those who use it.
            BertNames.map(shapes, BertNames.POOLER, config.hidden(), config.hidden());
        }
        Parameters parameters = new Parameters();
        try (TensorScope _ = new TensorScope()) {
            shapes.forEach((name, shape) -> parameters.add(name, Tensors.empty(type, device, shape)));
            parameters.copyFrom(names);
            return new Bert(config, device, parameters);
        } catch (RuntimeException e) {
            parameters.close();
            throw e;
        }
    }

    /**
     * {@return the encoder of a Hugging Face folder: {@code config.json} and safetensors files, in {@code F32}}
     *
     * @throws dev.sidereal.core.error.BadInput if a file is missing or wrong, or the architecture is another
     */
    public static Bert open(Path folder, Device device) {
        BertConfig config = BertConfig.read(folder.resolve("config.json"));
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return load(config, checkpoint, device, DType.F32);
        }
    }

    /**
     * Writes {@code config.json} and {@code model.safetensors} to a folder, each atomically.
     *
     * @throws dev.sidereal.core.error.Unavailable if they cannot be written
     */
    public void save(Path folder) {
        SafetensorsWriter writer = new SafetensorsWriter();
        parameters.stored().forEach(writer::add);
        Checkpoint.write(folder, writer, Checkpoint.SHARD_BYTES);
        byte[] json = JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(config.json());
        AtomicFile.write(folder.resolve("config.json"), out -> out.write(json));
    }

    /** {@return the names of the parameters that an encoder of that shape computes with} */
    public static Set<String> names(BertConfig config) {
        return BertNames.shapes(config).keySet();
    }

    /** {@return its shape} */
    public BertConfig config() {
        return config;
    }

    /** {@return where it computes} */
    public Device device() {
        return device;
    }

    /** {@return its weights, which live until it is closed} */
    public Parameters parameters() {
        return parameters;
    }

    /** {@return its linear maps, the places for low-rank changes} */
    public List<Linear> linears() {
        return layers.stream().flatMap(layer -> layer.linears().stream()).toList();
    }

    /**
     * Reads a batch. While gradients are recorded, dropout acts and attention is written out. Under {@link Autocast} states
     * are in the shorter type from the first block on, sums and norms too; parameters keep theirs.
     *
     * @return token states before the first block and after each, {@code [texts][tokens][hidden]} each
     * @throws BadConfig if a text is longer than the model's positions
     */
    public List<Tensor> states(TokenBatch batch) {
        return states(batch, null);
    }

    /**
     * Reads a batch of pairs, as {@link #states(TokenBatch)} does.
     *
     * @param types {@code I64[texts][tokens]}, which row of the table of token types each token takes; null for the first
     */
    public List<Tensor> states(TokenBatch batch, @Nullable Tensor types) {
        if (batch.width() > config.maxTokens()) {
            throw new BadConfig("A text has " + batch.width() + " tokens, the encoder reads at most "
                    + config.maxTokens() + "; cut it.");
        }
        Tensor mask = attentionMask(batch);
        List<Tensor> states = new ArrayList<>(config.layers() + 1);
        Tensor x = Autocast.shortened(embed(batch, types));
        states.add(x);
        for (BertLayer layer : layers) {
            x = layer.forward(x, mask);
            states.add(x);
        }
        return states;
    }

    private static @Nullable Tensor attentionMask(TokenBatch batch) {
        Tensor mask = batch.mask();
        return mask == null ? null : mask.unsqueeze(1).unsqueeze(1);
    }

    private Tensor embed(TokenBatch batch, @Nullable Tensor types) {
        Tensor positions = parameters.get(BertNames.POSITIONS).narrow(0, config.firstPosition(), batch.width());
        Tensor table = parameters.get(BertNames.TYPES);
        Tensor sum = parameters
                .get(BertNames.WORDS)
                .rows(batch.ids())
                .add(positions)
                .add(types == null ? table.select(0, 0) : table.rows(types));
        return Activations.dropout(normalise(config, parameters, "embeddings.LayerNorm", sum), config.dropout());
    }

    static Tensor normalise(BertConfig config, Parameters parameters, String name, Tensor x) {
        return Norms.layerNorm(
                x, parameters.get(name + ".weight"), parameters.get(name + ".bias"), config.normEpsilon());
    }

    /** Frees the weights. */
    @Override
    public void close() {
        parameters.close();
    }
}
