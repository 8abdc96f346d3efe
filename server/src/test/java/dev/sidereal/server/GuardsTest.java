package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.engine.Workspace;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.frame.Limits;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GuardsTest {
    @TempDir
    static Path workspace;

    private static TestServer server;

    @BeforeAll
    static void start() {
        server = new TestServer(
                workspace,
                TestServer.Keys.NONE,
                ServerSettings.local()
                        .withOrigins(Set.of("https://friend.example"))
                        .withLimits(Limits.standard().withBodies(10_000, 50_000)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyResponseCarriesAnIdAndTheHeadersThatKeepPagesSafe() {
        for (String path : new String[] {"/api/v1/health", "/docs", "/docs.css", "/api/v1/nothing"}) {
            HttpResponse<String> response = server.get(path);
            assertThat(response.headers().firstValue("X-Request-Id")).isPresent();
            assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(response.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(response.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe");
        }
    }

    @Test
    void theIdOfTheCallerIsKeptUnlessItIsOdd() {
        assertThat(server.get("/api/v1/health", Map.of("X-Request-Id", "mine-1"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .contains("mine-1");
        assertThat(server.get("/api/v1/health", Map.of("X-Request-Id", "a b"))
                        .headers()
                        .firstValue("X-Request-Id"))
                .isNotEqualTo(java.util.Optional.of("a b"));
    }

    @Test
    void aForeignHostNameIsRefused() throws IOException {
        String answer = raw("GET /api/v1/status HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("answers to localhost only, got the host 'evil.example'");
    }

    @Test
    void aPageOfAnotherOriginIsRefusedUnlessItIsNamed() {
        HttpResponse<String> evil = server.get("/api/v1/status", Map.of("Origin", "https://evil.example"));
        assertThat(evil.statusCode()).isEqualTo(403);
        assertThat(evil.body()).contains("pages of the origin 'https://evil.example' may not call this server");
        HttpResponse<String> friend = server.get("/api/v1/status", Map.of("Origin", "https://friend.example"));
        assertThat(friend.statusCode()).isEqualTo(200);
        assertThat(friend.headers().firstValue("Access-Control-Allow-Origin")).contains("https://friend.example");
        assertThat(String.join(", ", friend.headers().allValues("Vary"))).contains("Origin", "Accept-Encoding");
        assertThat(server.get("/api/v1/status").headers().firstValue("Access-Control-Allow-Origin"))
                .isEmpty();
    }

    @Test
    void whatTheReaderHasIsNotSentAgain() {
        for (String path : new String[] {"/docs.css", "/api/v1/documents/open%2F1"}) {
            String etag = server.get(path).headers().firstValue("ETag").orElseThrow();
            HttpResponse<String> again = server.get(path, Map.of("If-None-Match", etag));
            assertThat(again.statusCode()).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
    }

    @Test
    void longAnswersAreCompressedForWhoCanReadThem() {
        HttpResponse<String> plain = server.get("/openapi.json");
        HttpResponse<String> small = server.get("/openapi.json", Map.of("Accept-Encoding", "gzip"));
        assertThat(plain.headers().firstValue("Content-Encoding")).isEmpty();
        assertThat(small.headers().firstValue("Content-Encoding")).contains("gzip");
        assertThat(server.get("/openapi.json", Map.of("Accept-Encoding", "gzip;q=0"))
                        .headers()
                        .firstValue("Content-Encoding"))
                .isEmpty();
    }

    @Test
    void headHasTheLengthAndNoBody() {
        HttpResponse<String> head =
                server.send(server.request("HEAD", "/docs", "", "").build());
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValueAsLong("Content-Length").orElse(0)).isPositive();
    }

    @Test
    void aBodyOverTheLimitIs413() {
        String body = "{\"query\":\"" + "x".repeat(10_000) + "\"}";
        HttpResponse<String> response = server.json("POST", "/api/v1/search", body);
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("the body is over the limit of 10000 bytes; send it in parts");
    }

    @Test
    void valuesOverALimitAre422AndSaySo() {
        refused("/api/v1/search?q=" + "a".repeat(2001), "the query has 2001 characters, the limit is 2000");
        refused("/api/v1/search?q=a&k=1001", "'k' must be from 1 to 1000, got 1001");
        refused("/api/v1/search?q=a&k=0", "'k' must be from 1 to 1000, got 0");
        refused("/api/v1/search?q=a&k=x", "'k' must be a whole number, got 'x'");
        refused("/api/v1/search?q=a&k=500&offset=501", "'offset' and 'k' together may be 1000 at most, got 1001");
        refused("/api/v1/search?q=a&timeout_ms=0", "'timeout_ms' must be from 1 to 60000 milliseconds, got 0");
        refused("/api/v1/search?q=a&system=dense", "this index cannot be searched by 'dense'; it can by bm25");
        refused("/api/v1/search", "the parameter 'q' is missing");
        refused("/api/v1/search?q=a&filter=" + "a".repeat(4001), "the filter has 4001 characters, the limit is 4000");
    }

    private static void refused(String path, String sentence) {
        HttpResponse<String> response = server.get(path);
        assertThat(response.statusCode())
                .as(path.substring(0, Math.min(60, path.length())))
                .isEqualTo(422);
        assertThat(response.body()).contains(sentence);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void anUnknownFieldInAFilterIsNamedWithThoseThereAre() {
        refused("/api/v1/search?q=list&filter=colour%20%3D%20%22red%22", "'colour'");
        assertThat(server.get("/api/v1/search?q=list&filter=colour%20%3D%20%22red%22")
                        .body())
                .contains("kind");
    }

    @Test
    void aWrongMethodIsToldTheRightOnes() {
        HttpResponse<String> response = server.json("DELETE", "/api/v1/search", "");
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("GET, POST");
    }

    @Test
    void aBodyOfAnotherTypeIs415() {
        HttpResponse<String> response =
                server.send(server.request("POST", "/api/v1/search", "{\"query\":\"a\"}", "text/plain")
                        .build());
        assertThat(response.statusCode()).isEqualTo(415);
        assertThat(response.body()).contains("the body must be application/json, got 'text/plain'");
    }

    @Test
    void filesOutsideOfThePageAreNotServed() throws IOException {
        for (String path : new String[] {"/../docs.css", "/%2e%2e/audit.jsonl", "/web/../x.css", "/.hidden.txt"}) {
            assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                    .as(path)
                    .matches("(?s)HTTP/1.1 40[0-9].*");
        }
    }

    @Test
    void whatIsNoHttpGetsAProblemAndNoStackTrace() throws IOException {
        assertThat(raw("NONSENSE\r\n\r\n")).startsWith("HTTP/1.1 400").doesNotContain("Exception", "at io.");
    }

    @Test
    void moreRequestsThanTheLimitAre429(@TempDir Path other) {
        Limits none = Limits.standard().withConcurrency(0, 0, Duration.ofMillis(10));
        try (TestServer full = new TestServer(
                other, TestServer.Keys.NONE, ServerSettings.local().withLimits(none))) {
            HttpResponse<String> response = full.get("/api/v1/search?q=list");
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("Retry-After")).contains("1");
            assertThat(response.body()).contains("0 searches are under way");
            assertThat(full.json("PUT", "/api/v1/documents/x", "{}").statusCode())
                    .isEqualTo(429);
            assertThat(full.get("/api/v1/health").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void beyondLoopbackKeysAreNeeded() {
        assertThatThrownBy(() -> ServerSettings.local().withHost("0.0.0.0", KeyRing.empty()))
                .isInstanceOf(BadConfig.class)
                .hasMessage("listening on 0.0.0.0 lets other machines in, and there are no keys; make one with"
                        + " ./sidereal keys add NAME and give --keys FILE, or leave --host out");
    }

    @Test
    void aTakenPortIsASentence(@TempDir Path other) {
        TestServer.makeIndex(other);
        ServerSettings taken = ServerSettings.local().withPort(server.server.port());
        assertThatThrownBy(() -> SiderealServer.start(Workspace.open(other), TestServer.INDEX, taken))
                .isInstanceOf(BadConfig.class)
                .hasMessage("cannot listen on 127.0.0.1:" + server.server.port()
                        + " (Address already in use); another program may use the port, try another with --port");
    }

    @Test
    void anIndexThatIsWrittenElsewhereIsASentence() {
        assertThatThrownBy(() -> SiderealServer.start(
                        Workspace.open(workspace),
                        TestServer.INDEX,
                        ServerSettings.local().withPort(0)))
                .isInstanceOf(Unavailable.class)
                .hasMessageContaining("another process is writing the index")
                .hasMessageContaining("wait until it is done or stop it");
    }

    @Test
    void aMissingWorkspaceOrIndexIsASentence(@TempDir Path empty) {
        assertThatThrownBy(() -> Workspace.open(empty.resolve("none")))
                .isInstanceOf(BadInput.class)
                .hasMessageStartingWith("there is no workspace '")
                .hasMessageContaining("./sidereal quickstart makes one");
        assertThatThrownBy(() -> Workspace.open(empty))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("has no index: expected a folder indexes/NAME");
        assertThatThrownBy(() -> Workspace.open(workspace).index("other"))
                .isInstanceOf(BadConfig.class)
                .hasMessageContaining("has no index 'other'; it has books");
    }

    @Test
    void anIndexOfAnotherVersionIsASentence(@TempDir Path other) throws IOException {
        TestServer.makeIndex(other);
        Path manifest = other.resolve("indexes").resolve(TestServer.INDEX).resolve("manifest.json");
        String newer = Files.readString(manifest).replaceFirst("(\"format_version\"\\s*:\\s*)\\d+", "$199");
        Files.writeString(manifest, newer);
        assertThatThrownBy(() -> SiderealServer.start(
                        Workspace.open(other),
                        TestServer.INDEX,
                        ServerSettings.local().withPort(0)))
                .isInstanceOf(dev.sidereal.core.error.SiderealException.class)
                .hasMessageContaining("99");
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
            socket.setSoTimeout(400);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            StringBuilder answer = new StringBuilder();
            byte[] buffer = new byte[8192];
            try {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    answer.append(new String(buffer, 0, n, StandardCharsets.UTF_8));
                }
            } catch (java.net.SocketTimeoutException e) {
                return answer.toString();
            }
            return answer.toString();
        }
    }
}
