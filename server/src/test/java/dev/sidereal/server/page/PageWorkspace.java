package dev.sidereal.server.page;

import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.testkit.TinyCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A workspace with the tiny corpus indexed by its words and by real vectors, and a set of judged queries. */
final class PageWorkspace {
    /** Named like a sample, so that the page proposes questions. */
    static final String INDEX = "python-docs-tiny";

    private PageWorkspace() {}

    static void make(Path folder) throws IOException {
        Path index = folder.resolve("indexes").resolve(INDEX);
        try (OpenEncoder encoder = OpenEncoder.of("minilm-q")) {
            CatalogueIndex.create(
                    index,
                    IndexSettings.words().withLanguage("en").withDense(IndexSettings.Dense.defaults(encoder.card())));
            try (CatalogueIndex writing = CatalogueIndex.openForWriting(index, encoder)) {
                writing.writer().put(TinyCorpus.items());
            }
        }
        Path data = Files.createDirectories(folder.resolve("data").resolve("pets"));
        Files.createDirectories(data.resolve("qrels"));
        Files.writeString(data.resolve("corpus.jsonl"), """
                {"_id":"d1","title":"Cats","text":"cats purr and sleep"}
                {"_id":"d2","title":"Dogs","text":"dogs bark at the post"}
                {"_id":"d3","title":"Birds","text":"birds sing before dawn"}
                """);
        Files.writeString(data.resolve("queries.jsonl"), """
                {"_id":"q1","text":"what do cats do"}
                {"_id":"q2","text":"a hound makes noise at the letter carrier"}
                {"_id":"q3","text":"birds in the morning"}
                """);
        Files.writeString(
                data.resolve("qrels").resolve("test.tsv"),
                "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\nq3\td3\t1\n");
    }
}
