package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/server.md, as a shell would read them, in their order. */
class DocsTest {
    private static final Pattern BLOCK = Pattern.compile("```bash\n(curl.*?)```", Pattern.DOTALL);
    private static final Pattern WORD = Pattern.compile("'([^']*)'|([^\\s'\\\\]+)");

    @Test
    void everyExampleOfThePageWorks(@TempDir Path workspace) throws IOException {
        EvaluationData.write(workspace.resolve("data").resolve("tiny"));
        String page = Files.readString(Path.of(System.getProperty("sidereal.root"), "docs", "server.md"));
        int run = 0;
        try (TestServer server = TestServer.keyless(workspace)) {
            Matcher block = BLOCK.matcher(page);
            while (block.find()) {
                HttpResponse<String> response = server.send(request(server, words(block.group(1))));
                assertThat(response.statusCode())
                        .as(block.group(1) + "\n" + response.body())
                        .isBetween(200, 299);
                assertThat(response.body()).doesNotContain("\"status\":\"failed\"");
                run++;
            }
        }
        assertThat(run).isGreaterThan(14);
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        Matcher word = WORD.matcher(command);
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        return words;
    }

    private static HttpRequest request(TestServer server, List<String> words) {
        String method = "GET";
        String url = "";
        String body = "";
        String type = "";
        for (int i = 1; i < words.size(); i++) {
            switch (words.get(i)) {
                case "-s" -> {}
                case "-X" -> method = words.get(++i);
                case "-H" -> type = words.get(++i).replaceFirst("^Content-Type: ", "");
                case "-d", "--data-binary" -> {
                    body = words.get(++i);
                    method = method.equals("GET") ? "POST" : method;
                }
                default -> {
                    assertThat(url).as("a second address: " + words.get(i)).isEmpty();
                    url = words.get(i);
                }
            }
        }
        URI uri = URI.create(url);
        assertThat(uri.getPort()).isEqualTo(ServerSettings.PORT);
        return server.request(
                        method,
                        uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()),
                        body,
                        type)
                .build();
    }
}
