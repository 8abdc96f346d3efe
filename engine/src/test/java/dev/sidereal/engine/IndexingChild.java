package dev.sidereal.engine;

import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.search.CatalogueIndex;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A process that indexes made-up items into the folder of its argument, committing often, until it is done or killed. */
final class IndexingChild {
    static final int ITEMS = 100_000;

    private IndexingChild() {}

    public static void main(String[] arguments) {
        build(Path.of(arguments[0]));
    }

    static void build(Path folder) {
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder)) {
            new IndexBuild(index, Progress.none(), Duration.ofMillis(300)).run(items(), ITEMS);
        }
    }

    private static Stream<Item> items() {
        return IntStream.range(0, ITEMS).mapToObj(i -> Item.of(id(i), word(i % 5000), text(i)));
    }

    static String id(int item) {
        return "item-" + item;
    }

    static String word(int number) {
        return "w" + Integer.toString(number, 36);
    }

    private static String text(int item) {
        SplittableRandom random = new SplittableRandom(item);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 30; i++) {
            text.append(word((int) Math.pow(5000, random.nextDouble()))).append(' ');
        }
        return text.toString();
    }
}
