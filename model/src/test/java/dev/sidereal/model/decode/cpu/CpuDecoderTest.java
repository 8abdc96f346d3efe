package dev.sidereal.model.decode.cpu;

import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderContract;
import dev.sidereal.model.decode.Edits;
import dev.sidereal.model.weights.WeightSource;

class CpuDecoderTest extends DecoderContract {
    @Override
    protected Decoder open(DecoderConfig config, WeightSource weights, Edits edits) {
        return CpuDecoder.open(config, weights, CpuDecoder.Precision.F32, 1).edited(edits);
    }
}
