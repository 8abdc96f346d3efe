package dev.sidereal.model.tensor;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * A linear map {@code x W' + b}, optionally with a {@link LowRank} change beside its weight or merged into it. Does not
 * own its tensors: {@link Parameters} do. Not thread-safe while it is changed.
 */
public final class Linear {
    private final String name;
    private final Tensor weight;
    private final @Nullable Tensor bias;
    private @Nullable LowRank lowRank;
    private @Nullable Tensor unmerged;
    private @Nullable Consumer<Tensor> listener;

    /**
     * @param name of the map, without {@code .weight}
     * @param weight {@code [out][in]}
     * @param bias {@code [out]}
     */
    public Linear(String name, Tensor weight, @Nullable Tensor bias) {
        this.name = name;
        this.weight = weight;
        this.bias = bias;
    }

    /** {@return the map of the parameters {@code name.weight} and, if there is one, {@code name.bias}} */
    public static Linear of(Parameters parameters, String name) {
        return new Linear(
                name, parameters.get(name + ".weight"), parameters.all().get(name + ".bias"));
    }

    /** {@return its name, without {@code .weight}} */
    public String name() {
        return name;
    }

    /** {@return its weight, {@code [out][in]}} */
    public Tensor weight() {
        return weight;
    }

    /** {@return its bias, {@code [out]}, null if it has none} */
    public @Nullable Tensor bias() {
        return bias;
    }

    /** {@return its low-rank change, null if it has none} */
    public @Nullable LowRank lowRank() {
        return lowRank;
    }

    /** {@return whether the low-rank change is part of the weight now} */
    public boolean merged() {
        return unmerged != null;
    }

    /**
     * Puts a low-rank change beside the weight.
     *
     * @throws BadConfig if it has one already or the shapes do not fit
     */
    public void attach(LowRank change) {
        if (lowRank != null) {
            throw new BadConfig("The linear map " + name + " has a low-rank change already; detach it first.");
        }
        if (change.a().size(1) != weight.size(1) || change.b().size(0) != weight.size(0)) {
            throw new BadConfig("The low-rank change of " + name + " maps "
                    + change.a().size(1) + " to "
                    + change.b().size(0) + " numbers, the weight has the shape " + Arrays.toString(weight.shape())
                    + ".");
        }
        lowRank = change;
    }

    /** Takes the low-rank change away again, restoring the weight exactly. */
    public void detach() {
        unmerge();
        lowRank = null;
    }

    /** Adds the low-rank change to the weight, so that it costs nothing; keeps a copy of the weight. */
    public void merge() {
        if (lowRank == null || unmerged != null) {
            return;
        }
        try (TensorScope _ = new TensorScope();
                NoGrad _ = new NoGrad()) {
            unmerged = TensorScope.release(weight.copy());
            weight.addInPlace(lowRank.delta());
        }
    }

    /** Restores the weight exactly as it was before {@link #merge}. */
    public void unmerge() {
        if (unmerged != null) {
            try (NoGrad _ = new NoGrad()) {
                weight.copyInPlace(unmerged);
            }
            unmerged.close();
            unmerged = null;
        }
    }

    /** Shows each input, {@code [...][in]}, to a listener from now on. */
    public void listen(Consumer<Tensor> listener) {
        this.listener = listener;
    }

    /** {@return the map of {@code x}, {@code [...][in]} to {@code [...][out]}} */
    public Tensor forward(Tensor x) {
        if (listener != null) {
            listener.accept(x);
        }
        Tensor y = bias == null
                ? new Tensor(torch.linear(x.torch(), weight.torch()))
                : new Tensor(torch.linear(x.torch(), weight.torch(), new TensorOptional(bias.torch())));
        return lowRank == null || unmerged != null ? y : y.add(lowRank.apply(x));
    }

    /** {@return whether it is its weight and bias and nobody listens} */
    private boolean plain() {
        return listener == null && (lowRank == null || unmerged != null);
    }

    /**
     * Maps of the same input, side by side as one product, which trains faster.
     *
     * @param maps all with a bias or none
     * @return {@code [...][in]} to {@code [...][sum of out]}
     */
    public static Tensor joined(List<Linear> maps, Tensor x) {
        if (!maps.stream().allMatch(Linear::plain)) {
            return Tensors.cat(-1, maps.stream().map(map -> map.forward(x)).toList());
        }
        Tensor weight = Tensors.cat(0, maps.stream().map(Linear::weight).toList());
        List<Tensor> biases =
                maps.stream().map(Linear::bias).filter(Objects::nonNull).toList();
        return new Linear("joined", weight, biases.isEmpty() ? null : Tensors.cat(0, biases)).forward(x);
    }
}
