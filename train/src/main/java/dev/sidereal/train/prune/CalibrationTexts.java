package dev.sidereal.train.prune;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import dev.sidereal.core.format.TextSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Texts of a file to calibrate with: JSON lines, of which {@code title} and {@code text}, or {@code query} and
 * {@code positive}, are read; or plain lines. As many as asked for are drawn from the whole file, the same each time, in
 * the memory that they take: Vitter, ACM TOMS 11(1), 1985, algorithm R.
 */
public final class CalibrationTexts {
    private final int most;
    private final Random random = new Random(0);
    private final List<String> drawn = new ArrayList<>();
    private long seen;

    private CalibrationTexts(int most) {
        this.most = most;
    }

    /**
     * {@return texts of the file}
     *
     * @param file ends in {@code .jsonl} or {@code .jsonl.gz} if it holds JSON lines
     * @throws BadInput if there is none, with file and line if a row has none of the keys
     */
    public static List<String> read(Path file, int most) {
        CalibrationTexts texts = new CalibrationTexts(most);
        String name = String.valueOf(file.getFileName());
        if (name.endsWith(".jsonl") || name.endsWith(".jsonl.gz")) {
            texts.rows(file);
        } else {
            texts.lines(file);
        }
        if (texts.drawn.isEmpty()) {
            throw new BadInput(file + " holds no text to calibrate with; give a file with one text a line");
        }
        return List.copyOf(texts.drawn);
    }

    private void rows(Path file) {
        try (JsonLinesReader reader = JsonLinesReader.open(file)) {
            for (JsonRow row = reader.next(); row != null; row = reader.next()) {
                long before = seen;
                add((row.text("title", "") + " " + row.text("text", "")).strip());
                Stream.of("query", "positive").map(row.node()::get).forEach(value -> {
                    if (value != null && value.isString()) {
                        add(value.stringValue());
                    }
                });
                if (seen == before) {
                    throw row.error(
                            "the row has no text to calibrate with; expected 'text', or 'query' and 'positive'");
                }
            }
        }
    }

    private void lines(Path file) {
        try (TextSource source = TextSource.open(file)) {
            for (String line = source.next(); line != null; line = source.next()) {
                add(line.strip());
            }
        }
    }

    private void add(String text) {
        if (text.isEmpty()) {
            return;
        }
        seen++;
        if (drawn.size() < most) {
            drawn.add(text);
        } else {
            long place = random.nextLong(seen);
            if (place < most) {
                drawn.set((int) place, text);
            }
        }
    }
}
