package dev.sidereal.train.prune;

import dev.sidereal.core.error.BadConfig;

/**
 * How small an encoder becomes.
 *
 * @param layers how many of the first layers stay
 * @param hidden how many channels of the residual stream stay; a multiple of a head's width for BERT
 * @param intermediate how many neurons of each feed-forward block stay
 * @param prefix how many of the first channels stay whatever they score, for teachers trained with Matryoshka losses
 * @param rescaled whether gains of norms are set to what keeps the size of what they give
 */
public record PruneSettings(int layers, int hidden, int intermediate, int prefix, boolean rescaled) {
    /** @throws BadConfig naming the values that do not fit */
    public PruneSettings {
        if (layers < 1 || hidden < 1 || intermediate < 1 || prefix < 0 || prefix > hidden) {
            throw new BadConfig("Pruning keeps at least 1 layer, 1 hidden channel and 1 neuron, and a prefix from 0 to"
                    + " all channels it keeps, got " + layers + ", " + hidden + ", " + intermediate + " and " + prefix
                    + ".");
        }
    }

    /** {@return these sizes with free choice of channels and rescaled gains} */
    public static PruneSettings of(int layers, int hidden, int intermediate) {
        return new PruneSettings(layers, hidden, intermediate, 0, true);
    }

    /** {@return the same with the first channels kept whatever they score} */
    public PruneSettings withPrefix(int prefix) {
        return new PruneSettings(layers, hidden, intermediate, prefix, rescaled);
    }

    /** {@return the same with gains as they are} */
    public PruneSettings withoutRescaling() {
        return new PruneSettings(layers, hidden, intermediate, prefix, false);
    }

    /** Refuses what the parent does not have. */
    void requireWithin(int layers, int hidden, int intermediate) {
        if (this.layers > layers || this.hidden > hidden || this.intermediate > intermediate) {
            throw new BadConfig("The model has " + layers + " layers, " + hidden + " hidden channels and "
                    + intermediate + " neurons a layer, pruning cannot keep " + this.layers + ", " + this.hidden
                    + " and " + this.intermediate + "; ask for no more than there is.");
        }
    }
}
