package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.vector.AdamMove;
import dev.sidereal.core.vector.Rows;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.StoredType;
import dev.sidereal.model.weights.WeightSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Scalar;

/**
 * Adam with decoupled weight decay. Moments are {@code F32} at least and live beside their parameters. A run that is
 * stored and restored goes on bit by bit as if it had not stopped. Not thread-safe. Source: Loshchilov and Hutter,
 * arXiv 1711.05101, algorithm 2.
 */
public final class AdamW implements AutoCloseable {
    private static final String STEPS = "steps";
    private static final int PIECE = 1 << 18;

    private final Map<String, State> states = new LinkedHashMap<>();
    private final Settings settings;
    private long steps;

    private AdamW(Settings settings) {
        this.settings = settings;
    }

    /**
     * How parameters are moved.
     *
     * @param beta1 decay of the mean gradient
     * @param beta2 decay of the mean squared gradient
     * @param epsilon added to the root of the latter
     */
    public record Settings(double beta1, double beta2, double epsilon) {
        /** As the paper has them: 0.9, 0.999, 1e-8. */
        public static final Settings USUAL = new Settings(0.9, 0.999, 1e-8);

        /** @throws BadConfig naming the value that does not fit */
        public Settings {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1 && epsilon > 0)) {
                throw new BadConfig("AdamW needs betas from 0 to below 1 and an epsilon above 0, got " + beta1 + ", "
                        + beta2 + " and " + epsilon + ".");
            }
        }
    }

    /**
     * Parameters that share a learning rate and a decay.
     *
     * @param names which; a parameter belongs to the first group that takes its name
     * @param weightDecay what share of itself, times the learning rate, a parameter loses each step
     */
    public record Group(Predicate<String> names, double learningRate, double weightDecay) {
        /** @throws BadConfig naming the value that does not fit */
        public Group {
            if (!(learningRate >= 0 && weightDecay >= 0)) {
                throw new BadConfig("A group of parameters needs a learning rate and a weight decay of at least 0, got "
                        + learningRate + " and " + weightDecay + ".");
            }
        }
    }

    /**
     * {@return an optimiser of the parameters that require gradients now}
     *
     * @throws BadConfig if one of them is in no group
     */
    public static AdamW of(Parameters parameters, Settings settings, List<Group> groups) {
        AdamW optimiser = new AdamW(settings);
        parameters.all().forEach((name, parameter) -> {
            if (parameter.requiresGrad()) {
                Group group = groups.stream()
                        .filter(g -> g.names().test(name))
                        .findFirst()
                        .orElseThrow(() -> new BadConfig("The parameter " + name + " is in no group of AdamW; add "
                                + "a group that takes every name at the end, or freeze it."));
                optimiser.states.put(name, State.of(parameter, group));
            }
        });
        return optimiser;
    }

    /** {@return an optimiser with the usual settings, without decay of vectors such as biases and norms} */
    public static AdamW of(Parameters parameters, double learningRate, double weightDecay) {
        return of(
                parameters,
                Settings.USUAL,
                List.of(
                        new Group(name -> parameters.get(name).rank() < 2, learningRate, 0),
                        new Group(_ -> true, learningRate, weightDecay)));
    }

    /** Moves each parameter that has a gradient, with the learning rates of the groups. */
    public void step() {
        step(1);
    }

    /** As {@link #step()}, with all learning rates times {@code factor}: the place of a schedule. */
    public void step(double factor) {
        step(factor, 1);
    }

    /** As {@link #step(double)}, with all gradients times {@code gradientScale}, which clips them in passing. */
    public void step(double factor, double gradientScale) {
        steps++;
        double correction1 = 1 - Math.pow(settings.beta1, (double) steps);
        double correction2 = 1 - Math.pow(settings.beta2, (double) steps);
        for (State state : states.values()) {
            Tensor gradient = state.parameter.grad();
            if (gradient != null) {
                double rate = factor * state.group.learningRate;
                AdamMove move = new AdamMove(
                        gradientScale,
                        settings.beta1,
                        settings.beta2,
                        settings.epsilon,
                        1 - rate * state.group.weightDecay,
                        rate / correction1,
                        Math.sqrt(correction2));
                if (state.plain() && TensorData.plainFloats(gradient)) {
                    inOnePass(state, gradient, move);
                } else {
                    inOperations(state, gradient, move);
                }
            }
        }
    }

    /** Floats on the CPU. */
    private static void inOnePass(State state, Tensor gradient, AdamMove move) {
        MemorySegment parameters = TensorData.memory(state.parameter);
        MemorySegment gradients = TensorData.memory(gradient);
        MemorySegment means = TensorData.memory(state.mean);
        MemorySegment squares = TensorData.memory(state.square);
        long count = state.parameter.count();
        LongStream pieces = LongStream.range(0, (count + PIECE - 1) / PIECE);
        (Torch.threads() > 1 ? pieces.parallel() : pieces).forEach(piece -> {
            int n = (int) Math.min(PIECE, count - piece * PIECE);
            Rows.adam(parameters, gradients, means, squares, 4 * piece * PIECE, n, move);
        });
    }

    private static void inOperations(State state, Tensor gradient, AdamMove move) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            Tensor g = gradient.to(state.mean.dtype()).mul(move.gradientScale());
            var mean = state.mean.torch();
            var square = state.square.torch();
            mean.lerp_(g.torch(), new Scalar(1 - move.beta1()));
            square.mul_(new Scalar(move.beta2())).addcmul_(g.torch(), g.torch(), new Scalar(1 - move.beta2()));
            var divisor = square.sqrt();
            divisor.div_(new Scalar(move.rootCorrection())).add_(new Scalar(move.epsilon()));
            state.parameter.torch().mul_(new Scalar(move.kept())).addcdiv_(mean, divisor, new Scalar(-move.rate()));
        }
    }

    /** {@return how many steps were made} */
    public long steps() {
        return steps;
    }

    /**
     * {@return what the next step depends on besides parameters: {@code steps}, and for each parameter {@code p} its
     * {@code p.mean} and {@code p.square}; shares the optimiser's memory}
     */
    public List<StoredTensor> stored() {
        List<StoredTensor> all = new ArrayList<>();
        MemorySegment count = Arena.ofAuto().allocateFrom(ValueLayout.JAVA_LONG, steps);
        all.add(new StoredTensor(STEPS, StoredType.I64, List.of(1L), count));
        states.forEach((name, state) -> {
            all.add(state.mean.stored(name + ".mean"));
            all.add(state.square.stored(name + ".square"));
        });
        return all;
    }

    /**
     * Goes on from what {@link #stored} gave.
     *
     * @throws dev.sidereal.core.error.BadInput if something is missing
     */
    public void restore(WeightSource source) {
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            steps = Tensors.over(source.tensor(STEPS)).longs()[0];
            states.forEach((name, state) -> {
                state.mean.copyInPlace(Tensors.over(source.tensor(name + ".mean")));
                state.square.copyInPlace(Tensors.over(source.tensor(name + ".square")));
            });
        }
    }

    @Override
    public void close() {
        states.values().forEach(State::close);
        states.clear();
    }

    /** The moments of one parameter. */
    private record State(Tensor parameter, Group group, Tensor mean, Tensor square) {
        /** {@return whether it lies in memory as floats, row after row} */
        boolean plain() {
            return TensorData.plainFloats(parameter);
        }

        static State of(Tensor parameter, Group group) {
            DType type = parameter.dtype() == DType.F64 ? DType.F64 : DType.F32;
            return new State(parameter, group, zeros(parameter, type), zeros(parameter, type));
        }

        private static Tensor zeros(Tensor parameter, DType type) {
            return TensorScope.release(Tensors.zeros(type, parameter.device(), parameter.shape()));
        }

        void close() {
            mean.close();
            square.close();
        }
    }
}
