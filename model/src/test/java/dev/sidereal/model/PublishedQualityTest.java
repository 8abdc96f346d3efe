package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Exact search with each model reaches the nDCG@10 that others measured for it (shared/data/INDEX.md). */
@Tag("shared")
@Tag("slow")
class PublishedQualityTest {
    private static final Path DATA = Path.of(System.getProperty("sidereal.root"), "..", "shared", "data");

    @ParameterizedTest
    @CsvSource({"bge-small, .400", "minilm, .382"})
    void cranfieldReachesThePublishedFigure(String model, double expected) throws IOException {
        assertThat(score(model, cranfield())).isCloseTo(expected, within(.004));
    }

    @ParameterizedTest
    @CsvSource({"bge-small, .701", "minilm, .637"})
    void codeSearchReachesThePublishedFigure(String model, double expected) throws IOException {
        assertThat(score(model, codeSearch())).isCloseTo(expected, within(.004));
    }

    private static double score(String model, Collection collection) {
        try (Encoder encoder = Encoders.open(model)) {
            float[][] documents =
                    encoder.encode(Role.DOCUMENT, collection.documents()).vectors();
            float[][] queries = encoder.encode(Role.QUERY, collection.queries()).vectors();
            double sum = 0;
            for (int q = 0; q < queries.length; q++) {
                sum += ndcgAt10(queries[q], documents, collection.gains().get(q));
            }
            return sum / queries.length;
        }
    }

    private static double ndcgAt10(float[] query, float[][] documents, Map<Integer, Integer> gains) {
        double[] scores =
                Arrays.stream(documents).mapToDouble(d -> dot(query, d)).toArray();
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -scores[i]));
        double found = 0;
        double best = 0;
        List<Integer> ideal =
                gains.values().stream().sorted(Comparator.reverseOrder()).toList();
        for (int rank = 0; rank < 10; rank++) {
            double discount = Math.log(2) / Math.log(rank + 2);
            found += discount * gains.getOrDefault(order[rank], 0);
            best += rank < ideal.size() ? discount * ideal.get(rank) : 0;
        }
        return found / best;
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }

    private static Collection cranfield() throws IOException {
        Map<String, Integer> positions = new HashMap<>();
        List<String> documents = new ArrayList<>();
        for (JsonNode line : lines(DATA.resolve("cranfield/corpus.jsonl.gz"))) {
            positions.put(line.path("_id").asString(), documents.size());
            documents.add(
                    line.path("title").asString() + " " + line.path("text").asString());
        }
        Map<String, Map<Integer, Integer>> judged = new HashMap<>();
        for (String line :
                Files.readAllLines(DATA.resolve("cranfield/qrels.tsv")).subList(1, 1613)) {
            String[] parts = line.split("\t");
            judged.computeIfAbsent(parts[0], id -> new HashMap<>())
                    .put(positions.get(parts[1]), Integer.parseInt(parts[2]));
        }
        List<String> queries = new ArrayList<>();
        List<Map<Integer, Integer>> gains = new ArrayList<>();
        for (JsonNode line : lines(DATA.resolve("cranfield/queries.jsonl.gz"))) {
            queries.add(line.path("text").asString());
            gains.add(judged.get(line.path("_id").asString()));
        }
        return new Collection(documents, queries, gains);
    }

    private static Collection codeSearch() throws IOException {
        List<String> documents = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        List<Map<Integer, Integer>> gains = new ArrayList<>();
        for (JsonNode line : lines(DATA.resolve("java_code_search/pairs.jsonl.gz"))) {
            if (line.path("split").asString().equals("test")) {
                gains.add(Map.of(documents.size(), 1));
                documents.add(line.path("code").asString());
                queries.add(line.path("query").asString());
            }
        }
        return new Collection(documents, queries, gains);
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
            return in.lines().map(JsonMapper.shared()::readTree).toList();
        }
    }

    private record Collection(List<String> documents, List<String> queries, List<Map<Integer, Integer>> gains) {}
}
