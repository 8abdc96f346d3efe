package dev.sidereal.model.decode;

import dev.sidereal.core.error.BadConfig;

/**
 * How a trie is searched.
 *
 * @param beams hypotheses kept at each step, and items returned at most
 * @param normalisation over which tokens probabilities sum to one
 */
public record BeamSettings(int beams, Normalisation normalisation) {
    /** Where the softmax is taken. */
    public enum Normalisation {
        /** Over the whole vocabulary, as the model was trained; illegal tokens keep their share. */
        VOCABULARY,
        /** Over the tokens that the trie allows: cheaper, and a forced token costs nothing. */
        LEGAL
    }

    /** @throws BadConfig if there is no beam */
    public BeamSettings {
        if (beams < 1) {
            throw new BadConfig("A beam search needs at least 1 beam, got " + beams + ".");
        }
    }

    /** {@return settings with the softmax over the vocabulary} */
    public static BeamSettings of(int beams) {
        return new BeamSettings(beams, Normalisation.VOCABULARY);
    }
}
