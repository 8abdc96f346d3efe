package dev.sidereal.model.decode;

import java.util.List;

/**
 * Changes of a decoder's feed-forward layers that act only where a {@link Branch} names their step: the layer's output
 * becomes {@code W k + B (A k)} with {@code k} the activation that enters the down projection. Base weights stay as
 * they are, so leaving them out restores the model exactly. Source: GenRecEdit, arXiv 2603.14259, "One-One triggering".
 *
 * @param deltas at most one for a step and layer
 */
public record Edits(List<Delta> deltas) {
    /** A decoder as it was trained. */
    public static final Edits NONE = new Edits(List.of());

    /** Copies the list. */
    public Edits {
        deltas = List.copyOf(deltas);
    }

    /**
     * One change, {@code B A}.
     *
     * @param step the number that {@link Branch#edit} names
     * @param layer from 0
     * @param a {@code float[rank][intermediate]}
     * @param b {@code float[hidden][rank]}; a full delta has rank {@code intermediate} and an empty {@code a}, which
     *     stands for the identity
     */
    public record Delta(int step, int layer, float[][] a, float[][] b) {}
}
