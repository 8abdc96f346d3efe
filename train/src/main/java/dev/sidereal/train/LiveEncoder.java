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
    private final boolean bf16;
    private final EncoderCard card;

    /**
     * Looks at a model.
     *
     * @param name what reports call it, with the step for example
     * @param bf16 whether products are computed in bf16, as training does
     */
    public LiveEncoder(Embedder embedder, String name, boolean bf16) {
        this.embedder = embedder;
        this.bf16 = bf16;
        int dims = PlainVectors.of(embedder, Role.DOCUMENT, List.of("a"), bf16)[0].length;
        this.card = new EncoderCard(name, name, dims, Integer.MAX_VALUE, true);
    }

    @Override
    public EncoderCard card() {
        return card;
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        return new Embeddings(PlainVectors.of(embedder, role, texts, bf16), 0, 0);
    }

    @Override
    public void close() {}
}
