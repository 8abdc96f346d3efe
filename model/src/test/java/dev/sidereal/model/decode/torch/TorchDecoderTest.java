package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderContract;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.weights.WeightSource;

class TorchDecoderTest extends DecoderContract {
    @Override
    protected Decoder open(DecoderConfig config, WeightSource weights, Edits edits) {
        return TorchDecoder.load(config, weights, DType.F32, Device.CPU, edits);
    }
}
