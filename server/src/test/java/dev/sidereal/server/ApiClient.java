package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client made from /openapi.json and nothing else: it knows no path, and holds every answer against its schema. */
final class ApiClient {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** One operation of the description. */
    record Operation(String id, String method, String path, JsonNode description) {
        String role() {
            return description.path("x-role").asString();
        }

        String mediaType() {
            return description.path("requestBody").path("content").propertyNames().stream()
                    .findFirst()
                    .orElse("");
        }
    }

    /** What came back. */
    record Result(int status, JsonNode body, HttpResponse<String> response) {}

    private final TestServer server;
    private final JsonNode document;
    private final Map<String, Operation> operations = new LinkedHashMap<>();
    private final Set<String> called = new TreeSet<>();

    ApiClient(TestServer server) {
        this.server = server;
        this.document = JSON.readTree(server.get("/openapi.json").body());
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(method -> {
                    String id = method.getValue().path("operationId").asString();
                    Operation operation = new Operation(
                            id, method.getKey().toUpperCase(java.util.Locale.ROOT), path.getKey(), method.getValue());
                    assertThat(operations.put(id, operation))
                            .as(id + " is used twice")
                            .isNull();
                }));
    }

    Map<String, Operation> operations() {
        return operations;
    }

    Set<String> called() {
        return called;
    }

    /** Calls an operation; every parameter must be of the description, and so must the answer be. */
    Result call(String id, Map<String, String> params, String body, Map<String, String> headers) {
        Operation operation = Objects.requireNonNull(operations.get(id), id);
        called.add(id);
        HttpRequest request = request(operation, params, body, headers);
        HttpResponse<String> response = server.send(request);
        JsonNode responses = operation.description().path("responses");
        String status = Integer.toString(response.statusCode());
        assertThat(responses.has(status) || response.statusCode() >= 304)
                .as(id + " answered " + status + ": " + response.body())
                .isTrue();
        JsonNode content = (responses.has(status) ? responses.path(status) : responses.path("default")).path("content");
        JsonNode answer = JSON.missingNode();
        for (Map.Entry<String, JsonNode> media : content.properties()) {
            if (response.statusCode() == 304) {
                break;
            }
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith(media.getKey());
            if (media.getKey().contains("json")
                    && media.getValue().path("schema").has("$ref")) {
                answer = JSON.readTree(response.body());
                check(answer, media.getValue().path("schema"), id);
            }
        }
        return new Result(response.statusCode(), answer, response);
    }

    HttpRequest request(Operation operation, Map<String, String> params, String body, Map<String, String> headers) {
        String path = operation.path();
        StringBuilder query = new StringBuilder();
        Map<String, String> sent = new LinkedHashMap<>(headers);
        Set<String> known = new HashSet<>();
        for (JsonNode param : operation.description().path("parameters")) {
            String name = param.path("name").asString();
            known.add(name);
            String value = params.get(name);
            if (value == null) {
                continue;
            }
            String encoded = URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
            switch (param.path("in").asString()) {
                case "path" -> path = path.replace("{" + name + "}", encoded);
                case "query" ->
                    query.append(query.isEmpty() ? '?' : '&')
                            .append(name)
                            .append('=')
                            .append(encoded);
                default -> sent.put(name, value);
            }
        }
        assertThat(known).containsAll(params.keySet());
        HttpRequest.Builder request = server.request(operation.method(), path + query, body, operation.mediaType());
        sent.forEach(request::header);
        return request.build();
    }

    /** The schema of an operation's body, resolved. */
    JsonNode bodySchema(Operation operation) {
        return resolve(operation
                .description()
                .path("requestBody")
                .path("content")
                .path(operation.mediaType())
                .path("schema"));
    }

    JsonNode resolve(JsonNode schema) {
        String ref = schema.path("$ref").asString("");
        return ref.isEmpty() ? schema : document.at(ref.substring(1));
    }

    private void check(JsonNode value, JsonNode schemaOrRef, String where) {
        JsonNode schema = resolve(schemaOrRef);
        String type = schema.path("type").asString("");
        boolean fits =
                switch (type) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isString();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> true;
                };
        assertThat(fits).as(where + " is " + value + ", expected " + type).isTrue();
        schema.path("required")
                .forEach(name -> assertThat(value.has(name.asString()))
                        .as(where + " has " + name)
                        .isTrue());
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode property = schema.path("properties").path(entry.getKey());
            JsonNode other = schema.path("additionalProperties");
            String inside = where + "." + entry.getKey();
            if (!property.isMissingNode()) {
                boolean required = schema.path("required")
                        .valueStream()
                        .anyMatch(n -> n.asString().equals(entry.getKey()));
                if (required || !entry.getValue().isNull()) {
                    check(entry.getValue(), property, inside);
                }
            } else if (other.isObject()) {
                check(entry.getValue(), other, inside);
            } else {
                assertThat(other.isBoolean())
                        .as(inside + " is not in the description")
                        .isFalse();
            }
        }
        if (value.isArray()) {
            value.forEach(element -> check(element, schema.path("items"), where + "[]"));
        }
    }
}
