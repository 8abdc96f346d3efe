package dev.sidereal.server;

import dev.sidereal.core.Acl;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.engine.Workspace;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.server.access.Key;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.access.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server on a free port over a small index of words, and a client for it. */
final class TestServer implements AutoCloseable {
    static final String INDEX = "books";

    /** Whether keys are asked for. */
    enum Keys {
        NONE,
        ASKED
    }

    final SiderealServer server;
    final Key.Made reader = Key.make("bob-key", Role.READER, "bob");
    final Key.Made writer = Key.make("ann-key", Role.WRITER, "ann,group:staff");
    final Key.Made admin = Key.make("root-key", Role.ADMIN, "root");
    private final HttpClient client = HttpClient.newHttpClient();

    TestServer(Path workspace, Keys keys, ServerSettings settings) {
        makeIndex(workspace);
        KeyRing ring =
                keys == Keys.NONE ? KeyRing.empty() : new KeyRing(List.of(reader.key(), writer.key(), admin.key()));
        server = SiderealServer.start(
                Workspace.open(workspace), INDEX, settings.withPort(0).withHost("127.0.0.1", ring));
    }

    static TestServer keyless(Path workspace) {
        return new TestServer(workspace, Keys.NONE, ServerSettings.local());
    }

    static TestServer keyed(Path workspace) {
        return new TestServer(workspace, Keys.ASKED, ServerSettings.local());
    }

    /** Everybody reads the first, ann the second, staff the third, nobody the fourth. */
    static List<Item> items() {
        List<Item> items = new ArrayList<>();
        items.add(book("open/1", "Sorting lists", "how to sort a list of dictionaries by a key", "guide"));
        items.add(book("ann-1", "Forbidden diary", "ann writes about the secret zebra", "diary")
                .withAcl(Acl.readers(List.of("user:ann"))));
        items.add(book("staff-1", "Forbidden salaries", "what staff earns, with a secret zebra", "memo")
                .withAcl(Acl.readers(List.of("group:staff"))));
        items.add(book("nobody-1", "Forbidden for all", "nobody reads the secret zebra", "memo")
                .withAcl(Acl.readers(List.of())));
        for (int i = 0; i < 40; i++) {
            items.add(book(
                    "page-" + i, "Page " + i, "a page about number " + i + " and lists", i % 2 == 0 ? "even" : "odd"));
        }
        return items;
    }

    private static Item book(String id, String title, String text, String kind) {
        return Item.of(id, title, text).withField("kind", new FieldValue.Keyword(kind));
    }

    static void makeIndex(Path workspace) {
        Path folder = workspace.resolve("indexes").resolve(INDEX);
        if (java.nio.file.Files.exists(folder)) {
            return;
        }
        CatalogueIndex.create(folder, IndexSettings.words().withLanguage("en"));
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder)) {
            index.writer().put(items());
        }
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    HttpRequest.Builder request(String method, String path, String body, String type) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path))
                .method(
                        method,
                        body.isEmpty() && !method.equals("POST") && !method.equals("PUT")
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        return type.isEmpty() ? request : request.header("Content-Type", type);
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri(), e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    HttpResponse<String> get(String path, Map<String, String> headers) {
        HttpRequest.Builder request = request("GET", path, "", "");
        headers.forEach(request::header);
        return send(request.build());
    }

    HttpResponse<String> get(String path) {
        return get(path, Map.of());
    }

    HttpResponse<String> json(String method, String path, String body) {
        return send(request(method, path, body, "application/json").build());
    }

    HttpResponse<String> as(Key.Made key, String method, String path, String body, String type) {
        return send(request(method, path, body, type)
                .header("Authorization", "Bearer " + key.secret())
                .build());
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
