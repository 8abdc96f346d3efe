package dev.sidereal.train.data;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Texts with labels, those of a label in one stretch. */
final class LabelledTexts {
    /** As many positives as an epoch can choose from, and negatives as F2LLM stores. */
    private static final int POSITIVES = 8;

    private static final int NEGATIVES = 24;

    private final Path file;
    private final List<Labelled> texts;
    private final Map<String, Stretch> labels = new LinkedHashMap<>();

    private record Labelled(String text, String label, String where) {}

    /** Positions from (inclusive) to (exclusive). */
    private record Stretch(int from, int to) {
        int size() {
            return to - from;
        }
    }

    private LabelledTexts(Path file, Map<String, List<Labelled>> byLabel) {
        this.file = file;
        texts = new ArrayList<>();
        byLabel.forEach((label, members) -> {
            labels.put(label, new Stretch(texts.size(), texts.size() + members.size()));
            texts.addAll(members);
        });
    }

    static LabelledTexts read(Path file) {
        Map<String, Labelled> seen = new LinkedHashMap<>();
        Map<String, List<Labelled>> byLabel = new LinkedHashMap<>();
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                Labelled text = new Labelled(row.text("text"), row.text("label"), row.where());
                Labelled other = seen.putIfAbsent(text.text, text);
                if (other == null) {
                    byLabel.computeIfAbsent(text.label, _ -> new ArrayList<>()).add(text);
                } else if (!other.label.equals(text.label)) {
                    throw row.error("the text '" + Example.shown(text.text) + "' has the label '" + text.label
                            + "', at " + other.where + " it has '" + other.label + "'; keep one");
                }
            }
        }
        return new LabelledTexts(file, byLabel);
    }

    List<Example> clustering() {
        if (labels.size() < 2) {
            throw new BadInput(file + " has " + labels.size() + " labels; clusters need at least two");
        }
        List<Example> examples = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            Labelled text = texts.get(i);
            Stretch own = stretch(text.label);
            if (own.size() == 1) {
                throw new BadInput(text.where + ": no other text has the label '" + text.label
                        + "'; give it one or leave the line out");
            }
            SplittableRandom random = new SplittableRandom(i);
            int self = i;
            List<Text> positives =
                    draw(random, POSITIVES, own.size() - 1, k -> own.from + k < self ? own.from + k : own.from + k + 1);
            List<Text> negatives =
                    draw(random, NEGATIVES, texts.size() - own.size(), k -> k < own.from ? k : k + own.size());
            examples.add(new Example(Text.of(text.text), positives, negatives, List.of(), "", text.where));
        }
        return examples;
    }

    private Stretch stretch(String label) {
        return Objects.requireNonNull(labels.get(label));
    }

    /** {@return different texts out of {@code total}, of which {@code place} tells where they stand} */
    private List<Text> draw(SplittableRandom random, int count, int total, IntUnaryOperator place) {
        Set<Integer> drawn = new LinkedHashSet<>();
        if (total <= count) {
            IntStream.range(0, total).forEach(drawn::add);
        }
        while (drawn.size() < Math.min(count, total)) {
            drawn.add(random.nextInt(total));
        }
        return drawn.stream()
                .map(k -> Text.of(texts.get(place.applyAsInt(k)).text))
                .toList();
    }

    List<Example> twoWay() {
        if (labels.size() != 2) {
            throw new BadInput(file + " has " + labels.size()
                    + " labels; two-way classification needs just two, read more as clustering");
        }
        List<String> both = List.copyOf(labels.keySet());
        return texts.stream()
                .map(text -> new Example(
                        Text.of(text.text),
                        List.of(Text.of(text.label)),
                        List.of(Text.of(both.get(text.label.equals(both.get(0)) ? 1 : 0))),
                        List.of(),
                        "",
                        text.where))
                .toList();
    }
}
