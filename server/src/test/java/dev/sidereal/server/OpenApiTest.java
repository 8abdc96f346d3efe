package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenApiTest {
    private static final Map<String, String> NONE = Map.of();

    @Test
    void aClientMadeFromTheDescriptionAlonePerformsEveryCall(@TempDir Path workspace) throws InterruptedException {
        EvaluationData.write(workspace.resolve("data").resolve("tiny"));
        try (TestServer server = TestServer.keyless(workspace)) {
            ApiClient api = new ApiClient(server);
            assertThat(api.call("get_health", NONE, "", NONE)
                            .body()
                            .path("status")
                            .asString())
                    .isEqualTo("ok");
            api.call("get_ready", NONE, "", NONE);
            api.call("get_docs", NONE, "", NONE);
            api.call("get_openapi_json", NONE, "", NONE);
            search(api);
            documents(api);
            evaluations(api);
            assertThat(api.call("post_embeddings", NONE, "{\"input\":\"a\",\"model\":\"minilm-q\"}", NONE)
                            .status())
                    .isEqualTo(422);
            assertThat(api.call("get_status", NONE, "", NONE)
                            .body()
                            .at("/index/items")
                            .asInt())
                    .isEqualTo(42);
            assertThat(api.call("get_metrics", NONE, "", NONE).response().body())
                    .contains("sidereal_requests_total{endpoint=\"PUT /api/v1/documents/{id}\",status=\"201\"} 1")
                    .contains("sidereal_index_items 45")
                    .contains("sidereal_commits_total ");
            assertThat(api.called()).isEqualTo(api.operations().keySet());
        }
    }

    private static void search(ApiClient api) {
        var page = api.call("get_search", Map.of("q", "sort a list", "k", "3", "facets", "kind"), "", NONE)
                .body();
        assertThat(page.at("/results/0/id").asString()).isEqualTo("open/1");
        assertThat(page.at("/results/0/snippet/marks/0/0").asInt()).isEqualTo(7);
        assertThat(page.at("/facets/0/field").asString()).isEqualTo("kind");
        var more = api.call("post_search", NONE, "{\"query\":\"sort a list\",\"k\":3,\"offset\":3}", NONE)
                .body();
        assertThat(more.at("/results/0/rank").asInt()).isEqualTo(4);
        assertThat(api.call("get_facets", Map.of("fields", "kind", "q", "sort"), "", NONE)
                        .body()
                        .at("/facets/0/values/0/value")
                        .asString())
                .isEqualTo("guide");
        assertThat(api.call("get_suggest", Map.of("q", "sor"), "", NONE)
                        .body()
                        .at("/suggestions/0/text")
                        .asString())
                .isEqualTo("Sorting lists");
        var why = api.call("post_explain", NONE, "{\"query\":\"sort a list\",\"id\":\"open/1\"}", NONE)
                .body();
        assertThat(why.at("/legs/0/parts/0/what").asString()).isEqualTo("sort");
    }

    private static void documents(ApiClient api) {
        String item = "{\"title\":\"Kiwi\",\"text\":\"a bird that cannot fly\",\"fields\":{\"kind\":\"bird\"}}";
        Map<String, String> id = Map.of("id", "birds/kiwi ü?#%");
        assertThat(api.call("put_documents_id", id, item, NONE).status()).isEqualTo(201);
        assertThat(api.call("put_documents_id", id, item, NONE)
                        .body()
                        .path("status")
                        .asString())
                .isEqualTo("unchanged");
        var read = api.call("get_documents_id", id, "", NONE);
        assertThat(read.body().path("title").asString()).isEqualTo("Kiwi");
        String etag = read.response().headers().firstValue("ETag").orElseThrow();
        assertThat(api.call("put_documents_id", id, "{\"title\":\"Emu\"}", Map.of("If-Match", "\"other\""))
                        .status())
                .isEqualTo(412);
        assertThat(api.call("put_documents_id", id, "{\"title\":\"Emu\"}", Map.of("If-Match", etag))
                        .status())
                .isEqualTo(200);
        assertThat(api.call("get_search", Map.of("q", "emu"), "", NONE)
                        .body()
                        .at("/results/0/id")
                        .asString())
                .isEqualTo("birds/kiwi ü?#%");
        String lines = """
                {"op":"put","item":{"id":"b1","title":"Bulk one","kind":"bird"}}
                {"op":"put","item":{"id":"b2"}

                {"op":"put","item":{"id":"b3","sections":7}}
                {"op":"put","item":{"id":"b4","title":"Bulk four"}}
                {"op":"delete","id":"b4"}
                {"op":"delete","id":"b5"}
                {"op":"swap","id":"b5"}
                """;
        var bulk = api.call("post_documents", NONE, lines, NONE).body();
        assertThat(bulk.path("written").asInt()).isEqualTo(2);
        assertThat(bulk.path("deleted").asInt()).isEqualTo(1);
        assertThat(bulk.path("failed").asInt()).isEqualTo(3);
        assertThat(bulk.at("/results/1/error").asString()).startsWith("line 2 is no JSON at line 1, column");
        assertThat(bulk.at("/results/2/error").asString())
                .startsWith("line 4: ")
                .contains("'sections'");
        assertThat(bulk.at("/results/6/error").asString()).isEqualTo("line 8: 'op' must be put or delete, got 'swap'");
        assertThat(api.call("delete_documents_id", Map.of("id", "birds/kiwi ü?#%"), "", NONE)
                        .status())
                .isEqualTo(204);
        assertThat(api.call("delete_documents_id", Map.of("id", "birds/kiwi ü?#%"), "", NONE)
                        .status())
                .isEqualTo(404);
    }

    private static void evaluations(ApiClient api) throws InterruptedException {
        assertThat(api.call("get_evaluations_sets", NONE, "", NONE)
                        .body()
                        .at("/sets/0/name")
                        .asString())
                .isEqualTo("tiny");
        assertThat(api.call("post_evaluations", NONE, "{\"data\":\"../tiny\"}", NONE)
                        .status())
                .isEqualTo(422);
        String id = api.call("post_evaluations", NONE, "{\"data\":\"tiny\",\"systems\":[\"bm25\"]}", NONE)
                .body()
                .path("id")
                .asString();
        var events = api.call("get_evaluations_id_events", Map.of("id", id), "", NONE);
        assertThat(events.response().body()).contains("event: done").contains("\"state\":\"done\"");
        var done = api.call("get_evaluations_id", Map.of("id", id), "", NONE).body();
        assertThat(done.at("/result/rows/0/system").asString()).isEqualTo("bm25");
        assertThat(done.at("/result/per_query/bm25").properties()).hasSize(2);
        assertThat(done.at("/result/intervals/bm25/ndcg@10").size()).isEqualTo(2);
        assertThat(api.call("get_evaluations", NONE, "", NONE)
                        .body()
                        .at("/evaluations/0/id")
                        .asString())
                .isEqualTo(id);
        assertThat(api.call("delete_evaluations_id", Map.of("id", id), "", NONE)
                        .body()
                        .path("state")
                        .asString())
                .isEqualTo("done");
    }
}
