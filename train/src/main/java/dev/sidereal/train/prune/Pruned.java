package dev.sidereal.train.prune;

import dev.sidereal.model.GradientEncoder;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What pruning gave.
 *
 * @param encoder the smaller encoder, not trained yet; the caller closes it
 * @param channels which of the parent's channels it kept, rising
 * @param parametersBefore of the parent
 * @param parametersAfter of the smaller one
 * @param cosine mean cosine of its vectors to the parent's, of which the kept channels are taken, over the calibration
 *     texts; empty without texts. It is low before training, above all where layers were dropped: the last norm was
 *     trained for the parent's last layer
 */
public record Pruned(
        GradientEncoder encoder,
        List<Integer> channels,
        long parametersBefore,
        long parametersAfter,
        OptionalDouble cosine) {
    public Pruned {
        channels = List.copyOf(channels);
    }
}
