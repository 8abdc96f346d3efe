package dev.sidereal.train;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import java.util.List;

/**
 * A model in training as an encoder: vectors of unit length by its parameters as they are at the call. Not thread-safe, as
 * the model is not; closing it leaves the model open.
 */
public final class LiveEncoder implements Encoder {
    private final Embedder embedder;
    private final EncoderCard card;

    /**
     * Looks at a model.
     *
     * @param name what reports call it, with the step for example
     */
    public LiveEncoder(Embedder embedder, String name) {
        this.embedder = embedder;
        int dims = PlainVectors.of(embedder, Role.DOCUMENT, List.of("a"))[0].length;
        this.card = new EncoderCard(name, name, dims, Integer.MAX_VALUE, true);
    }

    @Override
    public EncoderCard card() {
        return card;
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        return new Embeddings(PlainVectors.of(embedder, role, texts), 0, 0);
    }

    @Override
    public void close() {}
}
