package dev.sidereal.train.prune;

import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.Linear;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.weights.WeightSource;
import java.util.List;

/** A network as pruning sees it: what its parameters are made of, and where its activations can be seen. */
interface Subject {
    /** What an axis of a parameter counts. */
    enum Axis {
        /** Something that stays. */
        OTHER,
        CHANNELS,
        NEURONS,
        /** Joined heads of a layer. */
        HEADS
    }

    /** Axes of a parameter; a vector has rows alone. */
    record Axes(Axis rows, Axis columns) {}

    /**
     * A norm of the residual stream.
     *
     * @param name of its parameters without {@code .weight} and {@code .bias}
     * @param reader the map that reads what it gives; {@link #LAST} for the network's last norm
     */
    record Norm(String name, String reader) {}

    /** The place behind the last norm. */
    String LAST = "";

    GradientEncoder encoder();

    /** {@return an encoder of another size with those weights; more of them than it needs may be there} */
    Subject resized(int layers, int hidden, int intermediate, WeightSource weights);

    int layers();

    int hidden();

    int intermediate();

    /** {@return width of a head whose number follows the hidden size; 0 if heads stay} */
    int headWidth();

    Axes axes(String parameter);

    List<Linear> maps();

    /** {@return the map that reads what a layer's attention reads} */
    String attention(int layer);

    /** {@return the map that reads the joined heads} */
    String joined(int layer);

    /** {@return the map that reads what a layer's feed-forward block reads} */
    String feedForward(int layer);

    /** {@return the map that reads the neurons} */
    String neurons(int layer);

    List<Norm> norms();

    /** {@return the states behind the last norm, {@code [texts][tokens][hidden]}} */
    Tensor states(TokenBatch batch);
}
