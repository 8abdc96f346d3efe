package dev.sidereal.model;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.json.JsonMapper;

/** Real sentences: the first ones of Javadoc comments in the shipped samples. */
final class SampleSentences {
    private static final Path FILE =
            Path.of(System.getProperty("sidereal.root"), "samples", "java-code-search", "queries.jsonl.gz");

    private SampleSentences() {}

    static List<String> first(int count) {
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(FILE)), StandardCharsets.UTF_8))) {
            List<String> texts = lines.lines()
                    .map(line -> JsonMapper.shared().readTree(line).path("text").asString())
                    .distinct()
                    .limit(count)
                    .toList();
            if (texts.size() < count) {
                throw new IllegalStateException(FILE + " has only " + texts.size() + " sentences");
            }
            return texts;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
