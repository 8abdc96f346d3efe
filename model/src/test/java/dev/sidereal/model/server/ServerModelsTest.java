package dev.sidereal.model.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.chat.ServerChatModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ServerModelsTest {
    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server;
    private String answer = "";
    private int status = 200;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(JsonMapper.shared().readTree(exchange.getRequestBody()));
            byte[] body = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private Endpoint endpoint(Service service) {
        String address = "http://localhost:" + server.getAddress().getPort() + "#tiny";
        return Endpoint.of(address, service, Map.of(service.keyVariable(), "key"))
                .withPatience(Duration.ofSeconds(5), 2, Duration.ofMillis(1));
    }

    @Test
    void scoresComeInTheOrderOfTheTexts() {
        answer = "{\"results\": [{\"index\": 1, \"relevance_score\": 0.9}, {\"index\": 0, \"relevance_score\": -2}]}";
        try (ServerReranker model = new ServerReranker(endpoint(Service.RERANK))) {
            assertThat(model.score("q", List.of("a", "b"))).containsExactly(-2, 0.9);
            assertThat(model.score("q", List.of())).isEmpty();
        }
        assertThat(asked).hasSize(1);
        assertThat(asked.getFirst().path("model").asString()).isEqualTo("tiny");
        assertThat(asked.getFirst().path("query").asString()).isEqualTo("q");
        assertThat(asked.getFirst().path("documents").toString()).isEqualTo("[\"a\",\"b\"]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            <html> | is not JSON:
            {} | has no scores in "results", expected 1
            {"results": []} | has 0 scores in "results", expected 1
            {"results": [{"index": 1, "relevance_score": 1}]} | has the "index" 1 out of range or twice
            {"results": [{"index": 0, "relevance_score": "high"}]} | has no finite number as "relevance_score" of text 0
            """)
    void aReplyThatIsNoScoresIsRefused(String body, String message) {
        answer = body;
        try (ServerReranker model = new ServerReranker(endpoint(Service.RERANK))) {
            assertThatThrownBy(() -> model.score("q", List.of("a")))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("The reply of the rerank server http://localhost:")
                    .hasMessageContaining(message)
                    .hasMessageEndingWith("; is it a server of the rerank API, and the model one that scores pairs?");
        }
    }

    @Test
    void aChatIsSentWithRolesAndAnswered() {
        answer = "{\"choices\": [{\"message\": {\"role\": \"assistant\", \"content\": \"2, 1\"}}]}";
        try (ServerChatModel model = new ServerChatModel(endpoint(Service.CHAT))) {
            assertThat(model.chat(
                                    SystemMessage.from("rank"),
                                    UserMessage.from("one"),
                                    AiMessage.from("1"),
                                    UserMessage.from("two"))
                            .aiMessage()
                            .text())
                    .isEqualTo("2, 1");
            assertThat(model.chat("alone")).isEqualTo("2, 1");
        }
        assertThat(asked.getFirst().toString())
                .isEqualTo("{\"model\":\"tiny\",\"messages\":[{\"role\":\"system\",\"content\":\"rank\"},"
                        + "{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"1\"},"
                        + "{\"role\":\"user\",\"content\":\"two\"}],\"temperature\":0.0}");
        assertThat(asked.getLast().at("/messages/0/content").asString()).isEqualTo("alone");
    }

    @Test
    void whatAChatServerRefusesOrGarblesIsASentence() {
        try (ServerChatModel model = new ServerChatModel(endpoint(Service.CHAT))) {
            answer = "{\"choices\": []}";
            assertThatThrownBy(() -> model.chat("hello"))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining(
                            "has no text in \"choices\", \"message\", \"content\"; is it a server of OpenAI's");
            assertThatThrownBy(() -> model.chat(ChatRequest.builder()
                            .messages(UserMessage.from("hello"))
                            .responseFormat(ResponseFormat.JSON)
                            .build()))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("The chat model tiny cannot be held to JSON; leave responseFormat out.");
            status = 401;
            assertThatThrownBy(() -> model.chat("hello"))
                    .isInstanceOf(BadConfig.class)
                    .hasMessageContaining("The chat server http://localhost:")
                    .hasMessageContaining("set SIDEREAL_CHAT_KEY to a valid one.");
            status = 503;
            assertThatThrownBy(() -> model.chat("hello"))
                    .isInstanceOf(Unavailable.class)
                    .hasMessageContaining("gave no answer in 2 attempts");
        }
    }
}
