package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.DecodeSession;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Path;

/**
 * Generation on libtorch, on any device and in any type of numbers: the runtime for GPUs, and for a model that is being
 * trained. Thread-safe while the weights are not changed.
 */
public final class TorchDecoder implements Decoder {
    private final TrainableDecoder model;
    private final TorchEdits edits;
    private final boolean owner;

    private TorchDecoder(TrainableDecoder model, Edits edits, boolean owner) {
        edits.check(model.config());
        this.model = model;
        this.edits = TorchEdits.of(edits, model.dtype(), model.device());
        this.owner = owner;
    }

    /**
     * {@return a view of a model, which must stay open and is not closed with it}
     *
     * @throws dev.sidereal.core.error.BadConfig if an edit does not fit the model
     */
    public static TorchDecoder of(TrainableDecoder model, Edits edits) {
        return new TorchDecoder(model, edits, false);
    }

    /**
     * {@return a decoder with copies of stored weights}
     *
     * @throws dev.sidereal.core.error.BadInput if a weight is missing or has another shape
     * @throws dev.sidereal.core.error.BadConfig if an edit does not fit, or the device cannot compute in that type
     */
    public static TorchDecoder load(
            DecoderConfig config, WeightSource weights, DType type, Device device, Edits edits) {
        return owning(TrainableDecoder.load(config, weights, type, device), edits);
    }

    /**
     * {@return the decoder in a folder of Hugging Face: {@code config.json} and safetensors}
     *
     * @throws dev.sidereal.core.error.BadInput if the folder does not hold a decoder of this kind, or is damaged
     * @throws dev.sidereal.core.error.BadConfig if an edit does not fit, or the device cannot compute in that type
     */
    public static TorchDecoder load(Path folder, DType type, Device device, Edits edits) {
        return owning(TrainableDecoder.load(folder, type, device), edits);
    }

    private static TorchDecoder owning(TrainableDecoder model, Edits edits) {
        try {
            return new TorchDecoder(model, edits, true);
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /**
     * {@return this decoder with other edits, over the same weights}; close it before this one
     *
     * @throws dev.sidereal.core.error.BadConfig if an edit does not fit the model
     */
    public TorchDecoder edited(Edits others) {
        return new TorchDecoder(model, others, false);
    }

    @Override
    public DecoderConfig config() {
        return model.config();
    }

    @Override
    public DecodeSession open(int capacity) {
        return new TorchSession(model, edits, capacity);
    }

    @Override
    public void close() {
        edits.close();
        if (owner) {
            model.close();
        }
    }
}
