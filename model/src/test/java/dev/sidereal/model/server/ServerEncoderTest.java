package dev.sidereal.model.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServerEncoderTest {
    private static final String KEY = "secret-key-42";

    /** What the server answers, one after the other; when it is empty, good vectors. */
    private final List<Answer> script = Collections.synchronizedList(new ArrayList<>());

    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorisations = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private ServerSettings settings;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/embeddings", this::answer);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
        settings = ServerSettings.of(
                        "http://localhost:" + server.getAddress().getPort() + "#tiny",
                        Map.of("SIDEREAL_EMBEDDING_KEY", KEY))
                .withRequests(3, Duration.ofSeconds(5), 3, Duration.ofMillis(1));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void vectorsComeInOrderAtUnitLengthInBatches() {
        try (ServerEncoder encoder = ServerEncoder.open(settings.withPrompts("q: ", "d: "))) {
            assertThat(encoder.card().name()).isEqualTo(settings.name());
            assertThat(encoder.card().dims()).isEqualTo(2);
            assertThat(encoder.card().normalised()).isTrue();
            var made = encoder.encode(Role.DOCUMENT, List.of("a", "bb", "ccc", "dddd", ""));
            assertThat(made.tokens()).isEqualTo(14);
            for (int i = 0; i < 5; i++) {
                // The server gives (length, 1), prompt included.
                double length = 3 + List.of(1, 2, 3, 4, 0).get(i);
                assertThat(made.vectors()[i][0]).isCloseTo((float) (length / Math.hypot(length, 1)), within(1e-6f));
            }
        }
        assertThat(asked).hasSize(3);
        assertThat(asked.get(1).path("model").asString()).isEqualTo("tiny");
        assertThat(asked.get(1).path("input").toString()).isEqualTo("[\"d: a\",\"d: bb\",\"d: ccc\"]");
        assertThat(authorisations).containsOnly("Bearer " + KEY);
    }

    @Test
    void anEmptyTextIsSentAsASpace() {
        try (ServerEncoder encoder = ServerEncoder.open(settings)) {
            encoder.encode(Role.QUERY, List.of(""));
        }
        assertThat(asked.getLast().path("input").toString()).isEqualTo("[\" \"]");
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void whatMayPassIsTriedAgain(int status) {
        script.add(new Answer(status, "busy", "0"));
        script.add(new Answer(status, "busy", ""));
        try (ServerEncoder encoder = ServerEncoder.open(settings)) {
            assertThat(encoder.card().dims()).isEqualTo(2);
        }
        assertThat(asked).hasSize(3);
    }

    @Test
    void whatDoesNotPassIsUnavailableAndHidesTheKey() {
        for (int i = 0; i < 3; i++) {
            script.add(new Answer(503, "down,\n your key " + KEY, ""));
        }
        assertThatThrownBy(() -> ServerEncoder.open(settings))
                .isInstanceOf(Unavailable.class)
                .hasMessage("The embedding server " + settings.name()
                        + " gave no vectors in 3 attempts (last: status 503: down, your key ***); "
                        + "try again later, or check that it runs.");
        assertThat(asked).hasSize(3);
    }

    @Test
    void aServerThatDoesNotAnswerInTimeIsUnavailable() {
        script.add(new Answer(0, "", ""));
        assertThatThrownBy(() ->
                        ServerEncoder.open(settings.withRequests(3, Duration.ofMillis(50), 1, Duration.ofMillis(1))))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("gave no vectors in 1 attempts (last: java.net.http.Http")
                .hasMessageContaining("TimeoutException");
    }

    @Test
    void aServerThatIsNotThereIsUnavailable() {
        server.stop(0);
        assertThatThrownBy(() -> ServerEncoder.open(settings))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("gave no vectors in 3 attempts (last: java.net.ConnectException");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            401 | refuses the key (status 401: no ***); set SIDEREAL_EMBEDDING_KEY to a valid one.
            403 | refuses the key (status 403: no ***); set SIDEREAL_EMBEDDING_KEY to a valid one.
            404 | has no such model or address (status 404: no ***); expected it to answer at http://localhost:
            """)
    void aWrongSettingIsNotTriedAgain(int status, String message) {
        script.add(new Answer(status, "no " + KEY, ""));
        assertThatThrownBy(() -> ServerEncoder.open(settings))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining(message);
        assertThat(asked).hasSize(1);
    }

    @Test
    void refusedTextsAreNotTriedAgain() {
        try (ServerEncoder encoder = ServerEncoder.open(settings)) {
            script.add(new Answer(400, "too long", ""));
            assertThatThrownBy(() -> encoder.encode(Role.QUERY, List.of("x")))
                    .isInstanceOf(BadInput.class)
                    .hasMessage("The embedding server " + settings.name()
                            + " refuses the texts (status 400: too long); shorten them, or send fewer at a time.");
        }
        assertThat(asked).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html> | is not JSON:
            {} | has no vectors in "data", expected 2
            {"data": [{"index": 0, "embedding": [1, 2]}]} | has 1 vectors in "data", expected 2
            {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 0, "embedding": [1, 2]}]} | has the "index" 0 out of range or twice
            {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 2, "embedding": [1, 2]}]} | has the "index" 2 out of range or twice
            {"data": [{"index": 0, "embedding": [1, 2]}, {"embedding": [1, 2]}]} | has the "index"
            {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1, 2, 3]}]} | has 3 dimensions for text 1, expected 2
            {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": "AAAA"}]} | has 0 dimensions for text 1, expected 2
            {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1, "NaN"]}]} | has something else than finite numbers in the vector of text 1
            {"data": [{"index": 0, "embedding": [1, 2]}, {"index": 1, "embedding": [1, null]}]} | has something else than finite numbers in the vector of text 1
            """)
    void aReplyThatIsNotVectorsIsRefused(String body, String message) {
        try (ServerEncoder encoder = ServerEncoder.open(settings)) {
            script.add(new Answer(200, body, ""));
            assertThatThrownBy(() -> encoder.encode(Role.QUERY, List.of("x", "y")))
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith("The reply of the embedding server " + settings.name() + " ")
                    .hasMessageContaining(message)
                    .hasMessageEndingWith(
                            "; is it a server of OpenAI's embeddings API, and the model one for " + "embeddings?");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://h:1#m, http://h:1/v1/embeddings",
        "https://h/v1#m, https://h/v1/embeddings",
        "https://h/v1/#org/m, https://h/v1/embeddings",
        "http://h/base/#m, http://h/base/v1/embeddings"
    })
    void anAddressMayEndAsItLikes(String spec, String endpoint) {
        assertThat(ServerSettings.of(spec, Map.of()).endpoint().address()).hasToString(endpoint);
    }

    @Test
    void anAddressNeedsHostAndModelAndHoldsNoKey() {
        assertThatThrownBy(() -> ServerSettings.of("http://h", Map.of()))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The server http://h needs a model's name behind a #, as in "
                        + "http://localhost:8080#bge-small-en-v1.5.");
        assertThatThrownBy(() -> ServerSettings.of("http://user:" + KEY + "@h#m", Map.of()))
                .isInstanceOf(BadConfig.class)
                .hasMessageStartingWith("The server's address needs a host and must hold no user or key")
                .message()
                .doesNotContain(KEY);
        assertThat(settings.toString()).doesNotContain(KEY);
    }

    @ParameterizedTest
    @CsvSource({
        "7, PT7S",
        "900, PT1M",
        "'Wed, 21 Oct 2015 07:28:05 GMT', PT5S",
        "'Wed, 21 Oct 2015 07:27:00 GMT', PT0S",
        "soon, PT2S"
    })
    void retryAfterIsSecondsOrADate(String value, Duration expected) {
        assertThat(Transport.retryAfter(value, Duration.ofSeconds(2), Instant.parse("2015-10-21T07:28:00Z")))
                .isEqualTo(expected);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JsonMapper.shared().readTree(exchange.getRequestBody());
        asked.add(request);
        authorisations.add(exchange.getRequestHeaders().getFirst("Authorization"));
        Function<JsonNode, Answer> good = r -> new Answer(200, vectors(r.path("input")), "");
        Answer answer = script.isEmpty() ? good.apply(request) : script.removeFirst();
        if (answer.status() == 0) {
            return; // never answered
        }
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** (length, 1) for each text, the last first. */
    private static String vectors(JsonNode texts) {
        List<String> data = new ArrayList<>();
        for (int i = texts.size() - 1; i >= 0; i--) {
            data.add("{\"index\":" + i + ",\"embedding\":["
                    + texts.get(i).asString().length() + ",1]}");
        }
        return "{\"data\":[" + String.join(",", data) + "],\"usage\":{\"prompt_tokens\":7}}";
    }

    private record Answer(int status, String body, String retryAfter) {}
}
