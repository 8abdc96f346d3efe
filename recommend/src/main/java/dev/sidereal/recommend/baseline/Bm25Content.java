package dev.sidereal.recommend.baseline;

import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.ItemScorer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Items whose words the last items of the history have, by BM25 (k1 0.9, b 0.4), the later the more. Words are runs of
 * letters and digits, lower case. Items that share no word are not recommended. Immutable and thread-safe.
 *
 * <p>Source: Robertson and Zaragoza, The probabilistic relevance framework, 2009, equation 3.15.
 */
public final class Bm25Content implements ItemScorer {
    private static final double K1 = 0.9;
    private static final double B = 0.4;
    private static final int HISTORY = 5;
    private static final double DECAY = 0.7;
    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private final int[][] words;
    private final int[][] postings;
    private final float[][] weights;

    private Bm25Content(int[][] words, int[][] postings, float[][] weights) {
        this.words = words;
        this.postings = postings;
        this.weights = weights;
    }

    /** {@return the scorer of items with these texts} */
    public static Bm25Content of(List<String> texts) {
        Map<String, Integer> vocabulary = new HashMap<>();
        List<Map<Integer, Integer>> counts = new ArrayList<>();
        long length = 0;
        for (String text : texts) {
            Map<Integer, Integer> ofItem = new LinkedHashMap<>();
            for (String word : BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT))) {
                if (!word.isEmpty()) {
                    ofItem.merge(vocabulary.computeIfAbsent(word, _ -> vocabulary.size()), 1, Integer::sum);
                    length++;
                }
            }
            counts.add(ofItem);
        }
        double mean = Math.max(1, (double) length / texts.size());
        int[] frequency = new int[vocabulary.size()];
        counts.forEach(ofItem -> ofItem.keySet().forEach(word -> frequency[word]++));
        int[][] postings = new int[frequency.length][];
        float[][] weights = new float[frequency.length][];
        Arrays.setAll(postings, w -> new int[frequency[w]]);
        Arrays.setAll(weights, w -> new float[frequency[w]]);
        int[] next = new int[frequency.length];
        int[][] words = new int[texts.size()][];
        for (int item = 0; item < words.length; item++) {
            Map<Integer, Integer> ofItem = counts.get(item);
            int own = ofItem.values().stream().mapToInt(Integer::intValue).sum();
            words[item] = ofItem.keySet().stream().mapToInt(Integer::intValue).toArray();
            for (Map.Entry<Integer, Integer> entry : ofItem.entrySet()) {
                int word = entry.getKey();
                double n = frequency[word];
                double rarity = Math.log(1 + (texts.size() - n + 0.5) / (n + 0.5));
                double tf = entry.getValue() / (entry.getValue() + K1 * (1 - B + B * own / mean));
                postings[word][next[word]] = item;
                weights[word][next[word]++] = (float) (rarity * tf);
            }
        }
        return new Bm25Content(words, postings, weights);
    }

    @Override
    public int items() {
        return words.length;
    }

    @Override
    public void score(Histories histories, float[][] scores) {
        for (int h = 0; h < histories.count(); h++) {
            float[] sums = scores[h];
            Arrays.fill(sums, 0);
            int[] last = histories.last(h, HISTORY);
            float weight = 1;
            for (int i = last.length - 1; i >= 0; i--) {
                for (int word : words[last[i]]) {
                    for (int p = 0; p < postings[word].length; p++) {
                        sums[postings[word][p]] += weight * weights[word][p];
                    }
                }
                weight *= (float) DECAY;
            }
            Untold.mark(sums);
        }
    }
}
