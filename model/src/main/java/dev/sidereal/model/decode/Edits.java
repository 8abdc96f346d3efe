package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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
     * Checks that the changes fit a decoder.
     *
     * @throws BadConfig naming the change that does not
     */
    public void check(DecoderConfig config) {
        Set<List<Integer>> seen = new HashSet<>();
        for (Delta delta : deltas) {
            String what = "The edit of step " + delta.step() + " and layer " + delta.layer();
            if (delta.step() < 0 || delta.layer() < 0 || delta.layer() >= config.layers()) {
                throw new BadConfig(what + " does not fit a decoder of " + config.layers()
                        + " layers; steps and layers count from 0.");
            }
            if (!seen.add(List.of(delta.step(), delta.layer()))) {
                throw new BadConfig(what + " is given twice; add the changes up first.");
            }
            int rank = delta.a().length == 0 ? config.intermediate() : delta.a().length;
            checkShape(what + ", a", delta.a(), delta.a().length, config.intermediate());
            checkShape(what + ", b", delta.b(), config.hidden(), rank);
        }
    }

    private static void checkShape(String what, float[][] matrix, int rows, int columns) {
        if (matrix.length != rows) {
            throw new BadConfig(what + ": expected " + rows + " rows, got " + matrix.length + ".");
        }
        for (float[] row : matrix) {
            if (row.length != columns) {
                throw new BadConfig(what + ": expected rows of " + columns + " numbers, got " + row.length + ".");
            }
        }
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
