package dev.sidereal.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetrievalDataTest {
    private static final String CORPUS =
            "{\"_id\":\"d1\",\"title\":\"T\",\"text\":\"one\",\"metadata\":{\"year\":1998}}\n{\"_id\":\"d2\",\"text\":\"two\"}\n";
    private static final String QUERIES = "{\"_id\":\"q1\",\"text\":\"first\"}\n{\"_id\":\"q2\",\"text\":\"second\"}\n";

    @TempDir
    Path folder;

    private void put(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (!name.endsWith(".gz")) {
            Files.write(file, bytes);
            return;
        }
        try (GZIPOutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(bytes);
        }
    }

    private RetrievalData open() {
        return RetrievalData.open(folder, "test");
    }

    private void assertRefused(String message) {
        assertThatThrownBy(this::open)
                .isInstanceOf(BadInput.class)
                .hasMessage(message.replace("DIR", folder.toString()));
    }

    private static List<Item> items(RetrievalData data) {
        try (Stream<Item> items = data.items()) {
            return items.toList();
        }
    }

    @Test
    void readsItemsWithMetadataAndJudgedQueriesOnly() throws IOException {
        put("corpus.jsonl", CORPUS);
        put("queries.jsonl", QUERIES);
        put("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq2\td1\t1\n");
        put("qrels/train.tsv", "q1\td2\t1\n");
        RetrievalData data = open();
        assertThat(items(data))
                .containsExactly(
                        Item.of("d1", "T", "one").withField("year", new FieldValue.Numeric(1998)),
                        Item.of("d2", "", "two"));
        assertThat(items(data)).hasSize(2);
        assertThat(data.size()).isEqualTo(2);
        assertThat(data.queries()).containsExactly(new Query("q2", "second"));
        assertThat(data.qrels().grades()).isEqualTo(Map.of("q2", Map.of("d1", 1)));
        assertThat(data.splits()).containsExactly("test", "train");
        assertThat(data.warnings()).isEmpty();
    }

    @Test
    void everyLayoutOfTheSameDataHasTheSameHash() throws IOException {
        put("corpus.jsonl", CORPUS);
        put("queries.jsonl", QUERIES);
        put("qrels/test.tsv", "query-id\tcorpus-id\tscore\nq2\td1\t1\n");
        String hash = open().contentHash();
        Files.delete(folder.resolve("corpus.jsonl"));
        Files.delete(folder.resolve("queries.jsonl"));
        Files.delete(folder.resolve("qrels/test.tsv"));
        put("corpus.jsonl.gz", CORPUS.replace("\n", "\r\n"));
        put("queries.test.jsonl.gz", QUERIES);
        put("qrels.test.tsv.gz", "q2 0 d1 1\n");
        assertThat(open().contentHash()).isEqualTo(hash);
        Files.delete(folder.resolve("qrels.test.tsv.gz"));
        put("qrels.tsv", "q2\td1\t1\n");
        assertThat(open().contentHash()).isEqualTo(hash);
        put("qrels.tsv", "q2\td1\t2\n");
        assertThat(open().contentHash()).isNotEqualTo(hash);
    }

    @Test
    void aSplitsOwnQueriesComeFirst() throws IOException {
        put("corpus.jsonl", CORPUS);
        put("queries.jsonl", QUERIES.replace("first", "general"));
        put("queries.test.jsonl", QUERIES);
        put("qrels.tsv", "q1\td1\t1\n");
        assertThat(open().queries()).containsExactly(new Query("q1", "first"));
    }

    @Test
    void partOfTheJudgmentsOfOtherDataIsAWarning() throws IOException {
        put("corpus.jsonl", CORPUS);
        put("queries.jsonl", QUERIES);
        put("qrels.tsv", "q1\td1\t1\nq1\td7\t1\nq8\td2\t1\nq9\td2\t1\n");
        RetrievalData data = open();
        assertThat(data.warnings())
                .containsExactly(
                        "2 of 3 judged queries are not among the queries and are left out, for example 'q8'",
                        "1 of 2 judged items are not in the corpus, for example 'd7'; they count as not found");
        assertThat(data.qrels().grades()).isEqualTo(Map.of("q1", Map.of("d1", 1, "d7", 1)));
    }

    @Test
    void onlyJudgmentsOfOtherDataAreRefused() throws IOException {
        put("corpus.jsonl", CORPUS);
        put("queries.jsonl", QUERIES);
        put("qrels.tsv", "q1\td8\t1\nq1\td9\t1\n");
        assertRefused("DIR: none of the 2 judged items is in the corpus, for example 'd8';"
                + " these are the judgments of another corpus");
        put("qrels.tsv", "q8\td1\t1\n");
        assertRefused("DIR: none of the 1 judged queries is among the queries, for example 'q8';"
                + " these are the judgments of other queries");
    }

    @Test
    void saysWhatIsMissingOrTwice() throws IOException {
        assertRefused("DIR is no data folder: expected corpus.jsonl with queries.jsonl and qrels, or pairs.jsonl"
                + " (each may be .gz), found nothing");
        put("corpus.jsonl", CORPUS);
        assertRefused("DIR has a corpus but no judgments: expected qrels/SPLIT.tsv, qrels.SPLIT.tsv or qrels.tsv"
                + " (each may be .gz)");
        put("qrels.dev.tsv", "");
        assertRefused("DIR has no split 'test'; splits are dev");
        put("qrels.tsv", "");
        assertRefused("DIR: the split 'test' has no judgments");
        put("qrels.tsv", "q1\td1\t1\n");
        assertRefused("DIR has no queries: expected queries.jsonl or queries.test.jsonl (each may be .gz)");
        put("queries.jsonl", QUERIES + QUERIES);
        assertRefused("DIR/queries.jsonl:3: the query id 'q1' is already used at DIR/queries.jsonl:1;"
                + " ids must be unique");
        put("queries.jsonl", "{\"_id\":\"q1\",\"text\":\" \"}");
        assertRefused("DIR/queries.jsonl:1: the text of query 'q1' is blank");
        put("queries.jsonl", QUERIES);
        put("corpus.jsonl", CORPUS + "\n" + CORPUS);
        assertRefused("DIR/corpus.jsonl:4: the id 'd1' is already used at DIR/corpus.jsonl:1; ids must be unique");
        put("corpus.jsonl", "{\"text\":\"x\"}");
        assertRefused("DIR/corpus.jsonl:1: the id is missing: expected '_id' or 'id'; keys are text");
        put("corpus.jsonl", "");
        assertRefused("DIR: the corpus is empty");
        put("corpus.jsonl.gz", CORPUS);
        assertRefused("there are both DIR/corpus.jsonl and DIR/corpus.jsonl.gz; keep one of them");
    }

    @Test
    void pairsBecomeItemsWithoutWhatHoldsTheAnswer() throws IOException {
        String pair = "{\"_id\":\"%s\",\"split\":\"%s\",\"query\":\"what %s does\",\"doc\":\"what %s does\","
                + "\"method\":\"m\",\"code\":\"void m() {}\",\"lib\":\"l\",\"file\":\"F.java\"}\n";
        put(
                "pairs.jsonl",
                pair.replace("%s", "1").replace("split\":\"1", "split\":\"test")
                        + pair.replace("%s", "2").replace("split\":\"2", "split\":\"train"));
        RetrievalData data = open();
        assertThat(data.splits()).containsExactly("test", "train");
        assertThat(items(data))
                .containsExactly(Item.of("1", "", "void m() {}")
                        .withField("lib", new FieldValue.Keyword("l"))
                        .withField("file", new FieldValue.Keyword("F.java")));
        assertThat(data.queries()).containsExactly(new Query("1", "what 1 does"));
        assertThat(data.qrels().grades()).isEqualTo(Map.of("1", Map.of("1", 1)));
    }

    @Test
    void parallelDataIsReadByLanguageOrPooled() throws IOException {
        put("corpus.jsonl", """
                {"_id":"en-0","group":"0","lang":"en","text":"a"}
                {"_id":"de-0","group":"0","lang":"de","text":"b"}
                {"_id":"de-1","group":"1","lang":"de","text":"c"}
                """);
        put("queries.jsonl", """
                {"_id":"q-en","lang":"en","text":"x","gold_para":"en-0"}
                {"_id":"q-de","lang":"de","text":"y","gold_para":"de-1"}
                """);
        RetrievalData german = RetrievalData.open(folder, "de");
        assertThat(german.splits()).containsExactly("all", "de", "en");
        assertThat(items(german)).extracting(Item::id).containsExactly("de-0", "de-1");
        assertThat(german.qrels().grades()).isEqualTo(Map.of("q-de", Map.of("de-1", 1)));
        assertThat(RetrievalData.open(folder, "all").qrels().grades())
                .isEqualTo(Map.of("q-en", Map.of("de-0", 1, "en-0", 1), "q-de", Map.of("de-1", 1)));
        assertRefused("DIR has no split 'test'; splits are all, de, en");
    }
}
