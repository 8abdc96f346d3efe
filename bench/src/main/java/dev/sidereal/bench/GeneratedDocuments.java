package dev.sidereal.bench;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Documents of made-up words whose frequencies follow Zipf's law with exponent 1; equal in every run. */
final class GeneratedDocuments {
    private static final int WORDS = 60;
    private static final int VOCABULARY = 200_000;
    private static final String CONSONANTS = "bdfgklmnprstvz";
    private static final String VOWELS = "aeiou";

    private static final String[] WORD =
            IntStream.range(0, VOCABULARY).mapToObj(GeneratedDocuments::word).toArray(String[]::new);

    private GeneratedDocuments() {}

    /** {@return texts of 60 words, made one at a time} */
    static Stream<String> stream(int count) {
        return IntStream.range(0, count).mapToObj(GeneratedDocuments::text);
    }

    private static String text(int document) {
        SplittableRandom random = new SplittableRandom(document);
        StringBuilder text = new StringBuilder(WORDS * 7);
        for (int i = 0; i < WORDS; i++) {
            // The logarithm of a rank is uniform if the frequency falls with the rank.
            int rank = (int) Math.pow(VOCABULARY, random.nextDouble()) - 1;
            text.append(WORD[rank]).append(i == WORDS - 1 ? '.' : ' ');
        }
        return text.toString();
    }

    /** Syllables of the number, at least two. */
    private static String word(int number) {
        StringBuilder word = new StringBuilder();
        int rest = number;
        do {
            word.append(CONSONANTS.charAt(rest % CONSONANTS.length()));
            rest /= CONSONANTS.length();
            word.append(VOWELS.charAt(rest % VOWELS.length()));
            rest /= VOWELS.length();
        } while (rest > 0 || word.length() < 4);
        return word.toString();
    }
}
