package dev.sidereal.model.decode.torch;

import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.Tensors;
import java.util.List;

/**
 * Rotary positions in the layout of Hugging Face: number {@code i} of a head turns against number
 * {@code i + headDim / 2}. Angles are computed in double precision, so that late positions keep theirs. Thread-safe.
 * Source: RoFormer, arXiv 2104.09864, equation 34.
 */
record Rotary(double[] frequencies) {
    static Rotary of(DecoderConfig config) {
        double[] frequencies = new double[config.headDim() / 2];
        for (int i = 0; i < frequencies.length; i++) {
            double plain = Math.pow(config.ropeTheta(), -2.0 * i / config.headDim());
            frequencies[i] = config.ropeScaling().scale(plain);
        }
        return new Rotary(frequencies);
    }

    /**
     * {@return turns for positions}
     *
     * @param positions {@code I64[n]}
     */
    Turn at(Tensor positions, DType type) {
        Device device = positions.device();
        Tensor frequency = Tensors.of(frequencies, 1, frequencies.length).to(device);
        Tensor angles = positions.to(DType.F64).unsqueeze(1).mul(frequency).unsqueeze(1);
        Tensor cos = angles.cos();
        Tensor sin = angles.sin();
        return new Turn(
                Tensors.cat(-1, List.of(cos, cos)).to(type),
                Tensors.cat(-1, List.of(sin.neg(), sin)).to(type));
    }

    /**
     * Turns of positions.
     *
     * @param cos {@code [n][1][headDim]}, the second half as the first
     * @param sin {@code [n][1][headDim]}, negative in the first half
     */
    record Turn(Tensor cos, Tensor sin) {
        /** {@return heads turned by their positions, {@code [...][n][heads][headDim]}} */
        Tensor apply(Tensor heads) {
            long half = heads.size(-1) / 2;
            Tensor exchanged = Tensors.cat(-1, List.of(heads.narrow(-1, half, half), heads.narrow(-1, 0, half)));
            return heads.mul(cos).add(exchanged.mul(sin));
        }
    }
}
