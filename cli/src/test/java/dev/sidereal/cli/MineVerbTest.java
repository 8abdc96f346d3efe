package dev.sidereal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.negatives.Strategies;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MineVerbTest {
    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void writeData() throws IOException {
        List<String> corpus = new ArrayList<>();
        List<String> queries = new ArrayList<>();
        List<String> train = new ArrayList<>(List.of("query-id\tcorpus-id\tscore"));
        for (int i = 0; i < 12; i++) {
            corpus.add("{\"_id\": \"d%d\", \"title\": \"\", \"text\": \"apple tree number %d\"}".formatted(i, i));
            queries.add("{\"_id\": \"q%d\", \"text\": \"which apple is %d\"}".formatted(i, i));
            if (i < 8) {
                train.add("q%d\td%d\t1".formatted(i, i));
            }
        }
        Files.createDirectories(folder.resolve("qrels"));
        Files.write(folder.resolve("corpus.jsonl"), corpus);
        Files.write(folder.resolve("queries.jsonl"), queries);
        Files.write(folder.resolve("qrels/train.tsv"), train);
        Files.write(folder.resolve("qrels/test.tsv"), List.of("query-id\tcorpus-id\tscore", "q9\td9\t1"));
    }

    private int run(String... more) {
        out.reset();
        err.reset();
        List<String> arguments = new ArrayList<>(List.of(
                "mine",
                "--data",
                folder.toString(),
                "--to",
                folder.resolve("mined.jsonl").toString()));
        arguments.addAll(List.of(more));
        return new CommandRunner(Terminal.plain(out, err), Interruption.never()).run(arguments.toArray(new String[0]));
    }

    @Test
    void aRecipeReadsWhatWasMinedAndAnswersOfOtherSplitsAreNotInIt() {
        assertThat(run("--strategy", "bm25,random", "--negatives", "3", "--json"))
                .as(err::toString)
                .isZero();
        JsonNode answer = JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
        assertThat(answer.at("/reports/0/queries").asInt()).isEqualTo(8);
        assertThat(answer.at("/reports/0/drops/held-out").asInt()).isPositive();
        assertThat(answer.at("/reports/1/strategy").asString()).isEqualTo("random");
        Dataset read = Dataset.retrieval(folder, "train", folder.resolve("mined.jsonl"));
        assertThat(read.examples()).hasSize(8);
        for (Example example : read.examples()) {
            assertThat(example.negatives()).hasSizeBetween(3, 6).noneMatch(n -> n.id().equals("d9"));
        }
    }

    @Test
    void theSameSeedMinesTheSame() throws IOException {
        run("--strategy", "random", "--seed", "3");
        String first = Files.readString(folder.resolve("mined.jsonl"));
        run("--strategy", "random", "--seed", "3");
        assertThat(folder.resolve("mined.jsonl")).hasContent(first);
        run("--strategy", "random", "--seed", "4");
        assertThat(Files.readString(folder.resolve("mined.jsonl"))).isNotEqualTo(first);
    }

    @Test
    void writtenNegativesAreReadToo() {
        assertThat(run("--strategy", "counterfactual", "--negatives", "1"))
                .as(err::toString)
                .isZero();
        assertThat(Dataset.retrieval(folder, "train", folder.resolve("mined.jsonl"))
                        .examples())
                .allSatisfy(example -> assertThat(example.negatives()).hasSize(1));
    }

    @Test
    void otherLibrariesGetTheirShapes() {
        run("--strategy", "random", "--format", "sentence-transformers", "--negatives", "2");
        assertThat(folder.resolve("mined.jsonl")).content().contains("\"anchor\":", "\"negative_2\":");
        run("--strategy", "random", "--format", "labeled-pair");
        assertThat(folder.resolve("mined.jsonl")).content().contains("\"label\":1", "\"label\":0");
        run("--strategy", "random", "--format", "flagembedding");
        assertThat(folder.resolve("mined.jsonl")).content().contains("\"pos\":", "\"neg\":");
    }

    @Test
    void theReportIsATable() {
        run("--strategy", "bm25");
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("-known-positive", "mean rank", "written to ");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "hardest | 2 | unknown strategy 'hardest'; strategies are ",
                "ance | 2 | the strategy 'ance' needs a model in training whose index is refreshed",
                "gist | 2 | the strategy 'gist' needs a teacher, such as a cross-encoder; name a better encoder than the",
                "rlhn | 2 | the strategy 'rlhn' needs two judges of relevance; name a language model as chat: a model's",
                "random,random | 2 | mining needs strategies, each named once",
            })
    void whatCannotBeMinedIsRefused(String strategy, int exit, String sentence) {
        assertRefused(exit, sentence, "--strategy", strategy);
    }

    @Test
    void modelsThatAreNotThereOrNotAskedAreRefused() {
        assertRefused(
                2,
                "The cross-encoder 'here' is never asked by bm25; leave it out, or choose a strategy that asks it.",
                "--strategy",
                "bm25",
                "--cross-encoder",
                "here");
        assertRefused(2, "There is no cross-encoder \"here\"", "--strategy", "gist", "--cross-encoder", "here");
        assertRefused(2, "There is no chat model \"here\"", "--strategy", "gecko", "--chat", "here");
        assertRefused(2, "needs a model's name behind a #", "--strategy", "gecko", "--chat", "http://localhost:1");
        assertRefused(
                2, "has the last word over a language model, and there is none", "--judge", "x", "--strategy", "bm25");
        assertRefused(2, "The judge 'y' is never asked", "--strategy", "gecko", "--chat", "x", "--judge", "y");
    }

    @Test
    void aServersJudgmentsAndScoresAreMined() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", exchange -> answer(exchange, """
                {"choices": [{"message": {"role": "assistant", "content": "Passage 1 does.\\n1"}}]}
                """));
        server.createContext("/v1/rerank", exchange -> {
            int texts = JsonMapper.shared()
                    .readTree(exchange.getRequestBody().readAllBytes())
                    .path("documents")
                    .size();
            answer(
                    exchange,
                    IntStream.range(0, texts)
                            .mapToObj(i -> "{\"index\": %d, \"relevance_score\": %s}".formatted(i, 1 - i / 100.0))
                            .collect(Collectors.joining(", ", "{\"results\": [", "]}")));
        });
        server.start();
        try {
            String address = "http://localhost:" + server.getAddress().getPort() + "#tiny";
            String[] common = {"--encoder", "minilm", "--negatives", "2", "--json"};
            assertThat(run(with(common, "--strategy", "rlhn", "--chat", address)))
                    .as(err::toString)
                    .isZero();
            // The judges call the first passage of each query relevant.
            assertThat(reports().at("/reports/0/relabelled").asInt()).isEqualTo(8);
            assertThat(run(with(common, "--strategy", "ce-percpos", "--cross-encoder", address)))
                    .as(err::toString)
                    .isZero();
            assertThat(reports().at("/reports/0/drops/topk-percpos").asInt()).isPositive();
        } finally {
            server.stop(0);
        }
    }

    private JsonNode reports() {
        return JsonMapper.shared().readTree(out.toString(StandardCharsets.UTF_8));
    }

    private static String[] with(String[] common, String... more) {
        return Stream.concat(Stream.of(common), Stream.of(more)).toArray(String[]::new);
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void dataThatDoesNotResolveIsRefused() throws IOException {
        Files.writeString(folder.resolve("qrels/train.tsv"), "query-id\tcorpus-id\tscore\nq1\td99\t1\nq2\td2\t1\n");
        assertRefused(1, "d99", "--strategy", "random");
        assertRefused(1, "nowhere", "--strategy", "random", "--split", "nowhere");
        assertRefused(2, "there is no rule 'none'", "--strategy", "random", "--shortfall", "none");
        assertRefused(2, "there is no format 'csv'", "--strategy", "random", "--format", "csv");
        assertRefused(2, "not on one scale", "--strategy", "random,bm25", "--format", "n-tuple-scores");
    }

    private void assertRefused(int exit, String sentence, String... arguments) {
        assertThat(run(arguments)).isEqualTo(exit);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .satisfies(line -> assertThat(line).startsWith("sidereal: ").contains(sentence));
        assertThat(folder.resolve("mined.jsonl")).doesNotExist();
    }

    @Test
    void everyStrategyIsInTheList() {
        assertThat(run("--list", "--json")).isZero();
        JsonNode rows = JsonMapper.shared()
                .readTree(out.toString(StandardCharsets.UTF_8))
                .path("rows");
        assertThat(rows.findValuesAsString("strategy")).containsExactlyInAnyOrderElementsOf(Strategies.names());
    }
}
