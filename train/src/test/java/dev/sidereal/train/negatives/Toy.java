package dev.sidereal.train.negatives;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.Item;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Small worlds whose answers are known. */
public final class Toy {
    private Toy() {}

    /** {@return documents d0, d1, ... with these texts} */
    public static StoredCorpus corpus(String... texts) {
        return StoredCorpus.temporary(IntStream.range(0, texts.length).mapToObj(i -> Item.of("d" + i, "", texts[i])));
    }

    /** {@return n documents of different texts} */
    public static StoredCorpus corpus(int n) {
        return corpus(IntStream.range(0, n).mapToObj(i -> "text number " + i).toArray(String[]::new));
    }

    public static Candidate candidate(int document, double score) {
        return Candidate.of(document, score, document + 1, "toy");
    }

    /** {@return candidates 0, 1, ... with these scores} */
    public static List<Candidate> pool(double... scores) {
        List<Candidate> pool = new ArrayList<>();
        for (double score : scores) {
            pool.add(candidate(pool.size(), score));
        }
        return pool;
    }

    /** {@return a query whose positives are documents {@code first}, {@code first + 1}, ... with these scores} */
    public static QueryContext context(Corpus corpus, int first, double... positives) {
        List<Integer> documents =
                IntStream.range(first, first + positives.length).boxed().toList();
        List<Candidate> scored = new ArrayList<>();
        for (int i = 0; i < positives.length; i++) {
            scored.add(candidate(first + i, positives[i]));
        }
        return new QueryContext(new MiningQuery("q", "query", documents), scored, corpus, new Round(1, 0));
    }

    public static RandomGenerator random(long seed) {
        return new SplittableRandom(seed);
    }

    /** {@return an encoder that looks its vectors up} */
    public static Encoder encoder(int dims, Function<String, float[]> vectors) {
        return new Encoder() {
            @Override
            public EncoderCard card() {
                return new EncoderCard("toy", "toy", dims, 1, false);
            }

            @Override
            public Embeddings encode(Role role, List<String> texts) {
                return new Embeddings(texts.stream().map(vectors).toArray(float[][]::new), 0, 0);
            }

            @Override
            public void close() {}
        };
    }

    public static Encoder encoder(int dims, Map<String, float[]> vectors) {
        return encoder(dims, text -> vectors.getOrDefault(text, new float[dims]));
    }

    /** {@return Pearson's statistic of counts against probabilities; cells without probability must be empty} */
    public static double chiSquare(long[] counts, double[] law) {
        double total = 0;
        for (long count : counts) {
            total += count;
        }
        double sum = 0;
        for (int i = 0; i < counts.length; i++) {
            double expected = law[i] * total;
            if (expected == 0) {
                sum += counts[i] == 0 ? 0 : Double.POSITIVE_INFINITY;
            } else {
                sum += (counts[i] - expected) * (counts[i] - expected) / expected;
            }
        }
        return sum;
    }

    /** {@return the 1 - 1e-5 quantile of chi-square, by Wilson and Hilferty's cube} */
    public static double limit(int degrees) {
        double z = 4.265;
        double part = 2.0 / (9 * degrees);
        return degrees * Math.pow(1 - part + z * Math.sqrt(part), 3);
    }
}
