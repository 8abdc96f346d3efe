package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Random requests made from the description, valid and not: no crash, no stack trace, nothing forbidden. */
class FuzzTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "zebra",
            "list",
            "open/1",
            "ann-1",
            "nobody-1",
            "kind",
            "kind = \"even\"",
            "kind = \"memo\"",
            "kind in (\"diary\", \"memo\")",
            "not kind = \"even\"",
            "((((",
            "kind = ",
            "nothing = 1",
            "*",
            "ü\u0000\n",
            "\ud83d\ude00",
            "-1",
            "0",
            "3",
            "1e309",
            "99999999999999999999",
            "NaN",
            "bm25",
            "dense",
            "hybrid",
            "system",
            "user:ann",
            "../../etc",
            "%2e%2e",
            "<b>",
            "\"",
            "{",
            "null",
            "a".repeat(3000));

    private final Random random = new Random(42);

    @Test
    void fourHundredRandomRequestsHarmNothing(@TempDir Path workspace) {
        run(workspace, 400);
    }

    @Test
    @Tag("slow")
    void tenThousandRandomRequestsHarmNothing(@TempDir Path workspace) {
        run(workspace, 10_000);
    }

    private void run(Path workspace, int requests) {
        EvaluationData.write(workspace.resolve("data").resolve("tiny"));
        try (TestServer server = TestServer.keyed(workspace)) {
            ApiClient api = new ApiClient(server);
            List<ApiClient.Operation> operations =
                    new ArrayList<>(api.operations().values());
            int fine = 0;
            for (int i = 0; i < requests; i++) {
                ApiClient.Operation operation = operations.get(random.nextInt(operations.size()));
                Map<String, String> headers = new HashMap<>();
                if (random.nextInt(20) > 0) {
                    var key = random.nextBoolean() ? server.reader : server.writer;
                    headers.put("Authorization", "Bearer " + key.secret());
                }
                HttpRequest request = request(api, operation, headers);
                HttpResponse<String> response = server.send(request);
                String shown = "request " + i + ": " + operation.id() + " -> " + response.body();
                assertThat(response.statusCode()).as(shown).isLessThan(500);
                assertThat(response.body())
                        .as(shown)
                        .doesNotContain("Forbidden for all", "nobody reads", "\tat ", "Exception", "dev.sidereal");
                fine += response.statusCode() < 300 ? 1 : 0;
            }
            assertThat(fine).as("requests that were valid").isGreaterThan(requests / 20);
        }
    }

    private HttpRequest request(ApiClient api, ApiClient.Operation operation, Map<String, String> headers) {
        Map<String, String> params = new HashMap<>();
        for (JsonNode param : operation.description().path("parameters")) {
            String in = param.path("in").asString();
            if (in.equals("path") || random.nextInt(3) > 0) {
                boolean number = param.at("/schema/type").asString().equals("integer");
                String value = number && random.nextInt(4) > 0 ? Integer.toString(random.nextInt(30)) : text();
                params.put(
                        param.path("name").asString(), in.equals("header") ? value.replaceAll("[^ -~]", "?") : value);
            }
        }
        String body = "";
        if (!operation.mediaType().isEmpty()) {
            int lines = operation.mediaType().endsWith("ndjson") ? random.nextInt(4) : 1;
            StringBuilder all = new StringBuilder();
            for (int i = 0; i < lines; i++) {
                all.append(json(api, api.bodySchema(operation))).append('\n');
            }
            body = random.nextInt(20) == 0 ? all.substring(0, all.length() / 2) : all.toString();
        }
        if (params.getOrDefault("id", "x").isEmpty()) {
            params.put("id", "x");
        }
        return api.request(operation, params, body, headers);
    }

    private String text() {
        return TEXTS.get(random.nextInt(TEXTS.size()));
    }

    private String json(ApiClient api, JsonNode schema) {
        return JSON.writeValueAsString(value(api, schema, 0));
    }

    private JsonNode value(ApiClient api, JsonNode schemaOrRef, int depth) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        JsonNode schema = api.resolve(schemaOrRef);
        String type = random.nextInt(25) == 0
                ? List.of("string", "integer", "array", "boolean", "").get(random.nextInt(5))
                : schema.path("type").asString("");
        return switch (type) {
            case "object" -> {
                ObjectNode object = nodes.objectNode();
                schema.path("properties").properties().forEach(property -> {
                    boolean required = schema.path("required")
                            .valueStream()
                            .anyMatch(name -> name.asString().equals(property.getKey()));
                    if (required ? random.nextInt(30) > 0 : random.nextInt(3) == 0) {
                        object.set(property.getKey(), value(api, property.getValue(), depth + 1));
                    }
                });
                if (schema.path("properties").has("op")) {
                    object.put("op", random.nextBoolean() ? "put" : "delete");
                }
                if (random.nextInt(30) == 0) {
                    object.put("unknown", text());
                }
                yield object;
            }
            case "array" -> {
                var array = nodes.arrayNode();
                for (int i = random.nextInt(3); i > 0; i--) {
                    array.add(value(api, schema.path("items"), depth + 1));
                }
                yield array;
            }
            case "string" -> nodes.stringNode(text());
            case "integer" ->
                random.nextInt(5) == 0 ? nodes.numberNode(random.nextLong()) : nodes.numberNode(random.nextInt(30));
            case "boolean" -> nodes.booleanNode(random.nextBoolean());
            default ->
                random.nextBoolean()
                        ? nodes.stringNode(text())
                        : nodes.objectNode().put("kind", text());
        };
    }
}
