package dev.sidereal.testkit;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.vector.Vectors;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * An encoder without a model: every word adds plus or minus one at a few places of the vector that its hash chooses, so
 * that texts which share words are near each other. Vectors have unit length and are the same on every machine; the
 * role makes no difference. Thread-safe.
 *
 * <p>Source: signed feature hashing (Weinberger et al. 2009, arXiv 0902.2206).
 */
public final class HashingEncoder implements Encoder {
    /** Words read of a text. */
    public static final int MAX_TOKENS = 256;

    private static final int PLACES_PER_WORD = 4;
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final int dims;

    /**
     * Makes an encoder.
     *
     * @param dims length of its vectors, at least 1; words collide rarely from 64 on
     */
    public HashingEncoder(int dims) {
        if (dims < 1) {
            throw new IllegalArgumentException("dims must be at least 1, got " + dims);
        }
        this.dims = dims;
    }

    @Override
    public EncoderCard card() {
        return new EncoderCard("hashing", "hashing-1-" + dims, dims, MAX_TOKENS, true);
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        float[][] vectors = new float[texts.size()][];
        long tokens = 0;
        int truncated = 0;
        for (int i = 0; i < vectors.length; i++) {
            List<String> words = words(texts.get(i));
            truncated += words.size() > MAX_TOKENS ? 1 : 0;
            words = words.subList(0, Math.min(words.size(), MAX_TOKENS));
            tokens += words.size();
            vectors[i] = vector(words);
        }
        return new Embeddings(vectors, tokens, truncated);
    }

    @Override
    public void close() {}

    /** {@return the words of a text in lower case, as the encoder reads them} */
    public static List<String> words(String text) {
        return NO_WORD.splitAsStream(text.toLowerCase(Locale.ROOT))
                .filter(word -> !word.isEmpty())
                .toList();
    }

    private float[] vector(List<String> words) {
        float[] vector = new float[dims];
        words.forEach(word -> add(word, vector));
        if (Vectors.normalise(vector) == 0) {
            vector[0] = 1;
        }
        return vector;
    }

    private void add(String word, float[] vector) {
        long hash = word.hashCode();
        for (int i = 0; i < PLACES_PER_WORD; i++) {
            hash = mix(hash);
            vector[(int) Long.remainderUnsigned(hash >>> 1, dims)] += (hash & 1) == 0 ? 1 : -1;
        }
    }

    /** One step of SplitMix64. */
    private static long mix(long state) {
        long z = state + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
