package dev.sidereal.core.vector;

import static dev.sidereal.core.vector.SimdFloats.FLOATS;
import static dev.sidereal.core.vector.SimdFloats.INTS;
import static dev.sidereal.core.vector.SimdFloats.LANES;
import static dev.sidereal.core.vector.SimdFloats.LE;
import static dev.sidereal.core.vector.SimdFloats.all;
import static dev.sidereal.core.vector.SimdFloats.load;
import static dev.sidereal.core.vector.SimdFloats.multiplyAdd;

import java.lang.foreign.MemorySegment;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/** {@link TrainingKernels} on the Vector API. Only loaded where the module {@code jdk.incubator.vector} is there. */
final class SimdTrainingKernels implements TrainingKernels {
    private static final VectorSpecies<Short> HALVES =
            VectorSpecies.of(short.class, VectorShape.forBitSize(SimdFloats.BITS));
    private static final IntVector COUNT = IntVector.zero(INTS).addIndex(1);

    private final ScalarTrainingKernels scalar = new ScalarTrainingKernels();

    @Override
    public void adam(
            MemorySegment parameters,
            MemorySegment gradients,
            MemorySegment means,
            MemorySegment squares,
            long at,
            int n,
            AdamMove move) {
        FloatVector towards = all((float) (1 - move.beta1()));
        FloatVector fresh = all((float) (1 - move.beta2()));
        FloatVector beta2 = all((float) move.beta2());
        float rootInverse = (float) (1 / move.rootCorrection());
        float epsilon = (float) move.epsilon();
        float scale = (float) move.gradientScale();
        float kept = (float) move.kept();
        float rate = (float) move.rate();
        int i = 0;
        for (; i <= n - LANES; i += LANES) {
            FloatVector g = load(gradients, at, i).mul(scale);
            FloatVector old = load(means, at, i);
            FloatVector mean = multiplyAdd(g.sub(old), towards, old);
            FloatVector square =
                    multiplyAdd(load(squares, at, i), beta2, g.mul(g).mul(fresh));
            FloatVector divisor = square.sqrt().mul(rootInverse).add(epsilon);
            FloatVector rest = load(parameters, at, i).mul(kept);
            mean.intoMemorySegment(means, at + 4L * i, LE);
            square.intoMemorySegment(squares, at + 4L * i, LE);
            rest.sub(mean.mul(rate).div(divisor)).intoMemorySegment(parameters, at + 4L * i, LE);
        }
        scalar.adam(parameters, gradients, means, squares, at + 4L * i, n - i, move);
    }

    @Override
    public void randomMask(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt) {
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            ShortVector bits = random(seed, first + i);
            for (int part = 0; part < 2; part++) {
                IntVector wide = bits.convertShape(VectorOperators.ZERO_EXTEND_S2I, INTS, part)
                        .reinterpretAsInts();
                all(kept)
                        .blend(0, wide.compare(VectorOperators.LT, threshold).cast(FLOATS))
                        .intoMemorySegment(out, outAt + 4L * (i + part * LANES), LE);
            }
        }
        scalar.randomMask(seed, first + i, n - i, threshold, kept, out, outAt + 4L * i);
    }

    @Override
    public void randomMaskBf16(long seed, long first, int n, int threshold, float kept, MemorySegment out, long outAt) {
        ShortVector rounded = ShortVector.broadcast(HALVES, Rows.bf16(kept));
        int i = 0;
        for (; i <= n - 2 * LANES; i += 2 * LANES) {
            rounded.blend(0, random(seed, first + i).compare(VectorOperators.ULT, (short) threshold))
                    .intoMemorySegment(out, outAt + 2L * i, LE);
        }
        scalar.randomMaskBf16(seed, first + i, n - i, threshold, kept, out, outAt + 2L * i);
    }

    private static ShortVector random(long seed, long place) {
        IntVector counters = COUNT.add((int) (place >>> 1));
        IntVector once = mixed(counters.lanewise(VectorOperators.XOR, (int) seed));
        return mixed(once.lanewise(VectorOperators.XOR, (int) (seed >>> 32) ^ (int) (place >>> 33)))
                .reinterpretAsShorts();
    }

    private static IntVector mixed(IntVector x) {
        IntVector a = x.lanewise(VectorOperators.XOR, x.lanewise(VectorOperators.LSHR, 16))
                .mul(0x85ebca6b);
        IntVector b = a.lanewise(VectorOperators.XOR, a.lanewise(VectorOperators.LSHR, 13))
                .mul(0xc2b2ae35);
        return b.lanewise(VectorOperators.XOR, b.lanewise(VectorOperators.LSHR, 16));
    }
}
