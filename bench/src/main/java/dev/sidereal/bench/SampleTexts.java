package dev.sidereal.bench;

import dev.sidereal.core.format.JsonLinesReader;
import dev.sidereal.core.format.JsonRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Real texts out of the shipped samples. */
final class SampleTexts {
    private static final Path SAMPLES =
            Path.of(System.getProperty("sidereal.home", "")).resolve("samples");

    private SampleTexts() {}

    /** {@return Java methods of the code search set's training and validation parts, 9,154 with few repeated} */
    static List<String> methods() {
        List<String> methods = new ArrayList<>();
        for (String file : List.of("train.jsonl.gz", "valid.jsonl.gz")) {
            read("java-code-search", file, row -> methods.add(row.text("positive")));
        }
        return distinct(methods);
    }

    /** {@return methods and then paragraphs, so many of them at most} */
    static List<String> passages(int limit) {
        return Stream.concat(methods().stream(), paragraphs().stream())
                .limit(limit)
                .toList();
    }

    /** {@return the first sentences of Javadoc in the code search set's test part: what people ask for methods} */
    static List<String> questions() {
        List<String> questions = new ArrayList<>();
        read("java-code-search", "queries.jsonl.gz", row -> questions.add(row.text("text")));
        return distinct(questions);
    }

    /** {@return Python's documentation in pieces of whole sentences, 200 characters or more each, about 25,000} */
    static List<String> paragraphs() {
        List<String> paragraphs = new ArrayList<>();
        read("python-docs-full", "items.jsonl.gz", row -> {
            for (JsonNode section : row.node().path("sections")) {
                StringBuilder piece = new StringBuilder();
                for (String sentence : section.path("text").stringValue("").split("(?<=[.:])\n")) {
                    piece.append(sentence).append('\n');
                    if (piece.length() >= 200) {
                        paragraphs.add(piece.toString());
                        piece.setLength(0);
                    }
                }
            }
        });
        return distinct(paragraphs);
    }

    static Path folder(String sample) {
        return SAMPLES.resolve(sample);
    }

    private interface Use {
        void accept(JsonRow row);
    }

    private static void read(String sample, String file, Use use) {
        try (JsonLinesReader rows = JsonLinesReader.open(folder(sample).resolve(file))) {
            for (JsonRow row = rows.next(); row != null; row = rows.next()) {
                use.accept(row);
            }
        }
    }

    private static List<String> distinct(List<String> texts) {
        return texts.stream().map(String::strip).distinct().toList();
    }
}
