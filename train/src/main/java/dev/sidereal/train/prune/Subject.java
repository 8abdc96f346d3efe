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

    /** How large it is. */
    record Size(int layers, int hidden, int intermediate) {}

    /**
     * Names of a layer's maps that read what others give.
     *
     * @param layers before the layer's number
     * @param attention one that reads what attention reads
     * @param joined that reads the joined heads
     * @param feedForward one that reads what the feed-forward block reads
     * @param neurons that reads the neurons
     */
    record Maps(String layers, String attention, String joined, String feedForward, String neurons) {}

    /** The place behind the last norm. */
    String LAST = "";

    GradientEncoder encoder();

    /** {@return an encoder of another size with those weights; more of them than it needs may be there} */
    Subject resized(int layers, int hidden, int intermediate, WeightSource weights);

    /** {@return its size} */
    Size size();

    /** {@return where its maps are} */
    Maps names();

    /** {@return width of a head whose number follows the hidden size; 0 if heads stay} */
    int headWidth();

    Axes axes(String parameter);

    List<Linear> maps();

    List<Norm> norms();

    default int layers() {
        return size().layers();
    }

    default int hidden() {
        return size().hidden();
    }

    default int intermediate() {
        return size().intermediate();
    }

    /** {@return the name before those of a layer's maps} */
    default String layer(int number) {
        return names().layers() + number + ".";
    }

    /** {@return the map that reads what a layer's attention reads} */
    default String attention(int layer) {
        return layer(layer) + names().attention();
    }

    /** {@return the map that reads the joined heads} */
    default String joined(int layer) {
        return layer(layer) + names().joined();
    }

    /** {@return the map that reads what a layer's feed-forward block reads} */
    default String feedForward(int layer) {
        return layer(layer) + names().feedForward();
    }

    /** {@return the map that reads the neurons} */
    default String neurons(int layer) {
        return layer(layer) + names().neurons();
    }

    /** {@return the states behind the last norm, {@code [texts][tokens][hidden]}} */
    Tensor states(TokenBatch batch);
}
