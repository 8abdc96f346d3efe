package dev.sidereal.model;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.BadConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * An encoder whose vectors are cut to their first numbers and scaled to unit length again; it means something for
 * encoders trained with Matryoshka losses. Its card has the name {@code NAME@DIMS} and a fingerprint of its own, so that
 * no index mixes cut vectors with whole ones. As thread-safe as what it cuts, which it closes. Source: Kusupati et al.,
 * arXiv 2205.13147.
 */
public final class TruncatedEncoder implements Encoder {
    private final Encoder encoder;
    private final int dims;

    /** @throws BadConfig if the encoder gives fewer dimensions */
    public TruncatedEncoder(Encoder encoder, int dims) {
        EncoderCard card = encoder.card();
        if (dims < 1 || dims > card.dims()) {
            throw new BadConfig("The vectors of " + card.name() + " have " + card.dims()
                    + " dimensions and cannot be cut to " + dims + "; choose from 1 to " + card.dims() + ".");
        }
        this.encoder = encoder;
        this.dims = dims;
    }

    @Override
    public EncoderCard card() {
        EncoderCard card = encoder.card();
        String all = card.fingerprint() + "@" + dims;
        return new EncoderCard(
                card.name() + "@" + dims,
                Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32),
                dims,
                card.maxTokens(),
                true);
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        Embeddings whole = encoder.encode(role, texts);
        float[][] cut = new float[whole.vectors().length][];
        for (int i = 0; i < cut.length; i++) {
            cut[i] = Arrays.copyOf(whole.vectors()[i], dims);
            LocalEncoder.finish(cut[i], true, "truncated to " + dims, i);
        }
        return new Embeddings(cut, whole.tokens(), whole.truncated());
    }

    @Override
    public void close() {
        encoder.close();
    }
}
