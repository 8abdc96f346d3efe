package dev.sidereal.train;

import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Examples of random letters, which can only be learnt by heart. */
public final class TrainingSamples {
    private TrainingSamples() {}

    public static Dataset words(int count, int negatives) {
        Random random = new Random(3);
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Text> others = new ArrayList<>();
            // Ragged: rows have one negative less in turn.
            for (int k = 0; k < negatives - (negatives > 1 ? i % 2 : 0); k++) {
                others.add(Text.of(word(random)));
            }
            examples.add(new Example(
                    Text.of(word(random)), List.of(Text.of(word(random))), others, List.of(), "", "test:" + (i + 1)));
        }
        return new Dataset("words", true, examples);
    }

    private static String word(Random random) {
        StringBuilder word = new StringBuilder();
        for (int i = 0; i < 4 + random.nextInt(5); i++) {
            word.append((char) ('a' + random.nextInt(26)));
        }
        return word.toString();
    }
}
