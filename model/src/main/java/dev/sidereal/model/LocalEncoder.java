package dev.sidereal.model;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.Tokenizer.Tokens;
import java.util.BitSet;
import java.util.List;
import java.util.function.Supplier;

/**
 * An encoder in this process: tokenizer, model of token states, pooling. Texts are read in windows, so that memory does not grow
 * with their number, and within a window in batches of near-equal length.
 */
final class LocalEncoder implements Encoder, TruncationReport {
    private static final int WINDOW = 4096;

    private final String name;
    private final Supplier<EncoderCard> card;
    private final Recipe recipe;
    private final Tokenizer tokenizer;
    private final TokenModel model;

    /**
     * Owns tokenizer and model from now on.
     *
     * @param name for messages
     * @param card asked each time, since weights may change
     */
    LocalEncoder(String name, Supplier<EncoderCard> card, Recipe recipe, Tokenizer tokenizer, TokenModel model) {
        this.name = name;
        this.card = card;
        this.recipe = recipe;
        this.tokenizer = tokenizer;
        this.model = model;
    }

    /** @throws BadInput if a file of the source cannot be used or they do not fit each other */
    static LocalEncoder open(ModelSource source) {
        Recipe recipe = source.recipe();
        Tokenizer tokenizer =
                Tokenizer.of(source.tokenizer(), source.tokenizerFrom(), recipe.maxTokens(), recipe.lowerCase());
        try {
            OnnxModel model = OnnxModel.open(source.weights(), PhysicalCores.count());
            if (model.dims() >= 0 && model.dims() != recipe.dims()) {
                model.close();
                throw new BadInput("The model " + source.weights() + " gives " + model.dims()
                        + " dimensions, its pooling configuration says " + recipe.dims()
                        + "; the two files do not belong together.");
            }
            EncoderCard card = source.card();
            return new LocalEncoder(source.name(), () -> card, recipe, tokenizer, model);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    @Override
    public EncoderCard card() {
        return card.get();
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        long read = 0;
        int cut = 0;
        for (int from = 0; from < vectors.length; from += WINDOW) {
            Tokens[] window = tokenize(role, texts.subList(from, Math.min(from + WINDOW, vectors.length)));
            for (int[] batch : batches(window)) {
                encode(window, batch, vectors, from);
            }
            for (Tokens text : window) {
                read += text.count();
                cut += text.cut() ? 1 : 0;
            }
        }
        return new Embeddings(vectors, read, cut);
    }

    @Override
    public BitSet truncated(Role role, List<String> texts) {
        BitSet cut = new BitSet(texts.size());
        for (int from = 0; from < texts.size(); from += WINDOW) {
            Tokens[] window = tokenize(role, texts.subList(from, Math.min(from + WINDOW, texts.size())));
            for (int i = 0; i < window.length; i++) {
                cut.set(from + i, window[i].cut());
            }
        }
        return cut;
    }

    Tokens[] tokenize(Role role, List<String> texts) {
        return tokenizer.tokenize(recipe.prompt(role), texts);
    }

    List<int[]> batches(Tokens[] texts) {
        return Batches.of(texts, recipe.oneByOne() ? 1 : Batches.BUDGET);
    }

    private void encode(Tokens[] window, int[] batch, float[][] vectors, int from) {
        int width = window[batch[0]].count();
        float[] states = model.states(window, batch); // [batch][width][dims]
        for (int row = 0; row < batch.length; row++) {
            float[] vector = recipe.pooling()
                    .pool(states, row * width * recipe.dims(), window[batch[row]].count(), recipe.dims());
            finish(vector, recipe.normalised(), name, from + batch[row]);
            vectors[from + batch[row]] = vector;
        }
    }

    /** Scales to unit length if asked to, and refuses what no search could use. */
    static void finish(float[] vector, boolean normalised, String name, int position) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        if (!Double.isFinite(squares)) {
            throw new BadInput("The model " + name + " gave NaN or infinity for text " + position
                    + " (counted from 0); its weights are damaged or overflow on this text.");
        }
        if (normalised && squares > 0) {
            float scale = (float) (1 / Math.sqrt(squares));
            for (int d = 0; d < vector.length; d++) {
                vector[d] *= scale;
            }
        }
    }

    @Override
    public void close() {
        model.close();
        tokenizer.close();
    }
}
