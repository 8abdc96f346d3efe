package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.server.access.Key;
import dev.sidereal.server.access.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessTest {
    @TempDir
    static Path workspace;

    private static TestServer server;
    private static ApiClient api;

    @BeforeAll
    static void start() {
        server = TestServer.keyed(workspace);
        api = new ApiClient(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static HttpResponse<String> call(ApiClient.Operation operation, Map<String, String> headers) {
        Map<String, String> params = new HashMap<>();
        operation.description().path("parameters").forEach(param -> {
            if (param.path("required").asBoolean()) {
                params.put(param.path("name").asString(), "zebra");
            }
        });
        HttpRequest request =
                api.request(operation, params, operation.mediaType().isEmpty() ? "" : "{}", headers);
        return server.send(request);
    }

    private static Map<String, String> bearer(Key.Made key) {
        return Map.of("Authorization", "Bearer " + key.secret());
    }

    @Test
    void withoutKeyOnlyWhatIsForNobodyAnswers() {
        for (ApiClient.Operation operation : api.operations().values()) {
            HttpResponse<String> response = call(operation, Map.of());
            if (operation.role().equals("nobody")) {
                assertThat(response.statusCode()).as(operation.id()).isEqualTo(200);
            } else {
                assertThat(response.statusCode()).as(operation.id()).isEqualTo(401);
                assertThat(response.headers().firstValue("WWW-Authenticate")).isPresent();
                assertThat(response.body()).contains("this needs a key: send the header 'Authorization: Bearer KEY'");
            }
        }
    }

    @Test
    void aWrongKeyIsRefusedEverywhere() {
        Key.Made other = Key.make("ann-key", Role.ADMIN, "root");
        for (ApiClient.Operation operation : api.operations().values()) {
            if (!operation.role().equals("nobody")) {
                HttpResponse<String> response = call(operation, bearer(other));
                assertThat(response.statusCode()).as(operation.id()).isEqualTo(401);
                assertThat(response.body())
                        .contains("the key is not known here")
                        .doesNotContain(other.secret());
            }
        }
    }

    @Test
    void aRoleThatDoesNotReachIsRefusedEverywhere() {
        for (ApiClient.Operation operation : api.operations().values()) {
            for (Key.Made key : List.of(server.reader, server.writer, server.admin)) {
                boolean may =
                        key.key().role().covers(Role.valueOf(operation.role().toUpperCase(java.util.Locale.ROOT)));
                HttpResponse<String> response = call(operation, bearer(key));
                if (may) {
                    assertThat(response.statusCode()).as(operation.id()).isNotIn(401, 403);
                } else {
                    assertThat(response.statusCode()).as(operation.id()).isEqualTo(403);
                    assertThat(response.body())
                            .contains(
                                    "the key '" + key.key().name() + "' has the role ",
                                    "this needs " + operation.role());
                }
            }
        }
    }

    @Test
    void nobodySeesWhatOthersMayReadWhateverIsCalled() {
        for (ApiClient.Operation operation : api.operations().values()) {
            HttpResponse<String> response = call(operation, bearer(server.reader));
            assertThat(response.body())
                    .as(operation.id())
                    .doesNotContain("Forbidden diary", "Forbidden salaries", "Forbidden for all", "secret zebra");
        }
        assertThat(get(server.reader, "/api/v1/search?q=zebra")).contains("\"matching\":0", "\"results\":[]");
        assertThat(get(server.writer, "/api/v1/search?q=zebra")).contains("\"matching\":2", "ann-1", "staff-1");
        assertThat(get(server.reader, "/api/v1/facets?fields=kind")).doesNotContain("diary", "memo");
        assertThat(get(server.reader, "/api/v1/suggest?q=forb")).contains("{\"suggestions\":[]}");
        assertThat(get(server.writer, "/api/v1/suggest?q=forb"))
                .contains("Forbidden diary", "Forbidden salaries")
                .doesNotContain("for all");
        assertThat(server.as(server.reader, "GET", "/api/v1/documents/ann-1", "", "")
                        .statusCode())
                .isEqualTo(404);
        assertThat(server.as(server.writer, "GET", "/api/v1/documents/ann-1", "", "")
                        .statusCode())
                .isEqualTo(200);
        assertThat(server.as(
                                server.reader,
                                "POST",
                                "/api/v1/explain",
                                "{\"query\":\"zebra\",\"id\":\"ann-1\"}",
                                "application/json")
                        .statusCode())
                .isEqualTo(404);
    }

    private static String get(Key.Made key, String path) {
        return server.as(key, "GET", path, "", "").body();
    }

    @Test
    void onlyAnAdminActsForOthers() {
        Map<String, String> asAnn = Map.of("Authorization", "Bearer " + server.admin.secret(), "X-Sidereal-As", "ann");
        assertThat(server.get("/api/v1/search?q=zebra", asAnn).body())
                .contains("ann-1")
                .doesNotContain("staff-1");
        Map<String, String> bob = Map.of("Authorization", "Bearer " + server.reader.secret(), "X-Sidereal-As", "ann");
        HttpResponse<String> refused = server.get("/api/v1/search?q=zebra", bob);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("X-Sidereal-As is for the role admin");
    }

    @Test
    void aWriterCannotReplaceOrRemoveWhatItMayNotRead() {
        HttpResponse<String> put = server.as(
                server.writer, "PUT", "/api/v1/documents/nobody-1", "{\"title\":\"mine\"}", "application/json");
        assertThat(put.statusCode()).isEqualTo(403);
        assertThat(put.body())
                .contains("the id 'nobody-1' is taken by an item that you may not read; choose another id");
        assertThat(server.as(server.writer, "DELETE", "/api/v1/documents/nobody-1", "", "")
                        .statusCode())
                .isEqualTo(404);
        HttpResponse<String> bulk = server.as(
                server.writer,
                "POST",
                "/api/v1/documents",
                "{\"op\":\"put\",\"item\":{\"id\":\"nobody-1\"}}\n{\"op\":\"delete\",\"id\":\"nobody-1\"}\n",
                "application/x-ndjson");
        assertThat(bulk.body()).contains("\"status\":\"failed\"", "\"status\":\"absent\"");
    }

    @Test
    void writesAreAuditedWithoutContentsAndKeys() throws java.io.IOException {
        server.as(
                server.writer, "PUT", "/api/v1/documents/audited", "{\"title\":\"hidden words\"}", "application/json");
        assertThat(Files.readString(workspace.resolve("audit.jsonl")))
                .contains("\"caller\":\"ann-key\"", "\"operation\":\"put\",\"id\":\"audited\",\"outcome\":\"201\"")
                .doesNotContain("hidden words", server.writer.secret());
    }
}
