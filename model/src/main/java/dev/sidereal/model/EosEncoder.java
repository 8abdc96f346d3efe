package dev.sidereal.model;

import dev.sidereal.core.EncoderCard;
import dev.sidereal.model.Tokenizer.Tokens;
import dev.sidereal.model.decode.torch.AttentionMask;
import dev.sidereal.model.decode.torch.TrainableDecoder;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * An encoder over a decoder of the Llama or Qwen3 kind: a text's vector is the state of its last token after the final
 * norm, and that token is the end of text, put there once, also where the text is cut. Short texts are filled up at
 * their ends. Encoding is thread-safe, training is not. Source: F2LLM-v2, arXiv 2603.19223, and its code.
 */
public final class EosEncoder implements GradientEncoder {
    private final DecoderSource source;
    private final TrainableDecoder model;
    private final LocalEncoder encoder;

    private EosEncoder(DecoderSource source, TrainableDecoder model, Tokenizer tokenizer) {
        this.source = source;
        this.model = model;
        TokenModel states = new NetworkStates(source.config().hidden(), ids -> states(batch(ids)), model::close);
        this.encoder = new LocalEncoder(source.name(), this::currentCard, source.recipe(), tokenizer, states);
    }

    /**
     * Opens an encoder in {@code F32}; the caller closes it.
     *
     * @param folder in the sentence-transformers layout with last-token pooling; or a decoder's folder of Hugging Face
     *     alone, whose texts are cut at 1,024 tokens and whose vectors have unit length
     * @throws dev.sidereal.core.error.BadInput if a file is missing or wrong, or the architecture is another
     */
    public static EosEncoder open(Path folder, Device device) {
        DecoderSource source = ModelFolder.decoder(folder.toString(), folder);
        return of(source, TrainableDecoder.load(source.folder(), DType.F32, device));
    }

    private static EosEncoder of(DecoderSource source, TrainableDecoder model) {
        Recipe recipe = source.recipe();
        Tokenizer tokenizer = Tokenizer.ending(
                source.tokenizer(), source.tokenizerFrom(), recipe.maxTokens(), recipe.lowerCase(), source.end());
        return new EosEncoder(source, model, tokenizer);
    }

    /** {@return this encoder's tokenizer and prompts around another network, which it owns} */
    public EosEncoder around(TrainableDecoder network) {
        return of(source.with(network.config()), network);
    }

    /** {@return the network} */
    public TrainableDecoder model() {
        return model;
    }

    @Override
    public TokenBatch tokenize(Role role, List<String> texts) {
        return batch(
                Arrays.stream(encoder.tokenize(role, texts)).map(Tokens::ids).toList());
    }

    private TokenBatch batch(List<long[]> ids) {
        return TokenBatch.of(ids, source.end(), device());
    }

    @Override
    public Tensor pooled(TokenBatch batch) {
        return batch.pool(Pooling.LAST_TOKEN, states(batch));
    }

    /** Padding stands behind all that is read, so a causal mask keeps it out. */
    private Tensor states(TokenBatch batch) {
        return model.hidden(model.embed(batch.ids()), AttentionMask.causal());
    }

    @Override
    public int dims() {
        return source.config().hidden();
    }

    @Override
    public Parameters parameters() {
        return model.parameters();
    }

    @Override
    public Device device() {
        return model.device();
    }

    @Override
    public String tokenizerHash() {
        return Sha256.of(source.tokenizer());
    }

    /** {@return the card of the weights as they are now; reads them all} */
    @Override
    public EncoderCard card() {
        return encoder.card();
    }

    private EncoderCard currentCard() {
        Recipe recipe = source.recipe();
        return new EncoderCard(
                source.name(),
                source.fingerprint(parameters()),
                recipe.dims(),
                recipe.maxTokens(),
                recipe.normalised());
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        return encoder.encode(role, texts);
    }

    @Override
    public void save(Path folder) {
        new EncoderFolderWriter(source.recipe(), source.tokenizer(), source.folder())
                .write(folder, parameters(), model::save);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
