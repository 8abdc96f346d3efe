package dev.sidereal.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A BEIR folder of three documents and two queries. */
final class EvaluationData {
    private EvaluationData() {}

    static void write(Path folder) {
        try {
            Files.createDirectories(folder.resolve("qrels"));
            Files.writeString(folder.resolve("corpus.jsonl"), """
                    {"_id":"d1","title":"Cats","text":"cats purr"}
                    {"_id":"d2","title":"Dogs","text":"dogs bark"}
                    {"_id":"d3","title":"Birds","text":"birds sing"}
                    """);
            Files.writeString(folder.resolve("queries.jsonl"), """
                    {"_id":"q1","text":"what do cats do"}
                    {"_id":"q2","text":"who barks"}
                    """);
            Files.writeString(
                    folder.resolve("qrels").resolve("test.tsv"), "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t1\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
