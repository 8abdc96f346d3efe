package dev.sidereal.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetTest {
    @TempDir
    private Path folder;

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Path beir() throws IOException {
        file("corpus.jsonl", """
                {"_id": "d1", "title": "Sun", "text": "a star"}
                {"_id": "d2", "title": "", "text": "a moon"}
                {"_id": "d3", "title": "", "text": "a comet"}
                """);
        file("queries.jsonl", """
                {"_id": "q1", "text": "what shines"}
                {"_id": "q2", "text": "what circles"}
                """);
        file("qrels.train.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td3\t0\nq2\td2\t1\nq2\td3\t2\n");
        return folder;
    }

    @Test
    void keysAreRolesInAnyOrder() throws IOException {
        Path file = file("data.jsonl", """
                {"negative": "cold", "positive": "hot", "query": "warm?", "instruction": "Find."}
                {"positive": ["a", "b"], "negatives": ["c", "d"], "query": "many"}
                """);
        List<Example> examples = Dataset.jsonLines(file).examples();
        assertThat(examples)
                .containsExactly(
                        new Example(
                                Text.of("warm?"),
                                List.of(Text.of("hot")),
                                List.of(Text.of("cold")),
                                List.of(),
                                "Find.",
                                file + ":1"),
                        new Example(
                                Text.of("many"),
                                List.of(Text.of("a"), Text.of("b")),
                                List.of(Text.of("c"), Text.of("d")),
                                List.of(),
                                "",
                                file + ":2"));
    }

    @Test
    void otherKeysAreMappedToRoles() throws IOException {
        Path file = file("data.jsonl", "{\"left\": \"a\", \"right\": \"b\", \"gold\": 3}\n");
        Dataset data = Dataset.jsonLines(file, Map.of("left", "query", "right", "positive", "gold", "score"));
        assertThat(data.examples().getFirst().scores()).containsExactly(3.0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"query\": \"a\", \"positive\": \"b\", \"pos\": \"c\"} | 'pos' is no role; roles are id, instruction, negatives, positive, query, scores; rename the key, or map it to one of them or to 'ignore'",
                "{\"query\": \"a\", \"positive\": \"b\", \"negatives\": []} | the list of 'negatives' is empty; fill it or leave the key out",
                "{\"query\": \"a\", \"positive\": \"b\", \"negative\": \"c\", \"negatives\": [\"d\"]} | the role 'negatives' is given twice; keep one",
                "{\"query\": \"a\", \"positive\": \"b\", \"negatives\": [\"b\"]} | 'b' is both a positive and a negative; keep it on one side",
                "{\"query\": \"a\", \"positive\": \" \"} | a positive is blank; give it a text or leave it out",
                "{\"positive\": \"b\"} | the query is missing or no text; roles are id, instruction, negatives, positive, query, scores",
                "{\"query\": \"a\", \"positive\": \"b\", \"negative\": \"c\", \"scores\": [1]} | there are 1 scores for 1 positives and 1 negatives; expected one for the only positive, then one for each negative",
                "{\"query\": \"a\", \"positive\": 5} | the role 'positive' must hold texts, got 5",
            })
    void whatDoesNotFitIsRefusedWithItsLine(String line, String message) throws IOException {
        Path file = file("data.jsonl", "{\"query\": \"x\", \"positive\": \"y\"}\n" + line + "\n");
        assertThatThrownBy(() -> Dataset.jsonLines(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ":2: " + message);
    }

    @Test
    void scoresAreGivenToAllOrNone() throws IOException {
        Path file = file("data.jsonl", """
                {"query": "a", "positive": "b", "score": 1}
                {"query": "a", "positive": "b"}
                """);
        assertThatThrownBy(() -> Dataset.jsonLines(file))
                .isInstanceOf(BadInput.class)
                .hasMessage(file + ":2: the example has no scores, the first of data.jsonl has some; give scores to all"
                        + " or to none");
    }

    @Test
    void judgmentsSayWhatIsPositiveAndWhatNegative() throws IOException {
        List<Example> examples = Dataset.retrieval(beir(), "train").examples();
        assertThat(examples.get(0).query()).isEqualTo(new Text("q1", "what shines"));
        assertThat(examples.get(0).positives()).containsExactly(new Text("d1", "Sun a star"));
        assertThat(examples.get(0).negatives()).containsExactly(new Text("d3", "a comet"));
        assertThat(examples.get(1).positives()).extracting(Text::id).containsExactly("d2", "d3");
    }

    @Test
    void minedNegativesComeByIdFromAFile() throws IOException {
        Path mined = file("mined.jsonl", "{\"query\": \"q1\", \"negatives\": [\"d2\", \"d3\"]}\n");
        List<Example> examples = Dataset.retrieval(beir(), "train", mined).examples();
        assertThat(examples.get(0).negatives()).extracting(Text::id).containsExactly("d2", "d3");
        assertThat(examples.get(1).negatives()).isEmpty();
    }

    @Test
    void whatMiningWritesIsReadAsItIs() throws IOException {
        Path mined = file(
                "mined.jsonl",
                "{\"qid\": \"q1\", \"query\": \"what shines\", \"positives\": [{\"id\": \"d1\"}], \"negatives\":"
                        + " [{\"id\": \"d2\", \"rank\": 1}, {\"text\": \"a written one\", \"rank\": 2}]}\n");
        List<Example> examples = Dataset.retrieval(beir(), "train", mined).examples();
        assertThat(examples.get(0).negatives()).extracting(Text::id).containsExactly("d2", "a written one");
    }

    @Test
    void idsThatDoNotResolveAreRefused() throws IOException {
        Path data = beir();
        Path document = file("mined.jsonl", "{\"query\": \"q1\", \"negatives\": [\"d9\"]}\n");
        assertThatThrownBy(() -> Dataset.retrieval(data, "train", document))
                .isInstanceOf(BadInput.class)
                .hasMessage(document + ":1: the negative id 'd9' is not in the corpus of " + data
                        + "; were the negatives mined from another corpus?");
        Path query = file("mined.jsonl", "{\"query\": \"q9\", \"negatives\": [\"d2\"]}\n");
        assertThatThrownBy(() -> Dataset.retrieval(data, "train", query))
                .isInstanceOf(BadInput.class)
                .hasMessage(query + ":1: the query id 'q9' is not in " + data
                        + " with a positive, split train; are the negatives of another split?");
        Path positive = file("mined.jsonl", "{\"query\": \"q1\", \"negatives\": [\"d1\"]}\n");
        assertThatThrownBy(() -> Dataset.retrieval(data, "train", positive))
                .isInstanceOf(BadInput.class)
                .hasMessage(positive + ":1: 'd1' is both a positive and a negative; keep it on one side");
        file("qrels.train.tsv", "query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td7\t1\n");
        assertThatThrownBy(() -> Dataset.retrieval(data, "train"))
                .isInstanceOf(BadInput.class)
                .hasMessage(data + " (split train, query 'q1'): the judged id 'd7' is not in the corpus; add it or take"
                        + " its judgment out");
    }

    @Test
    void pairsAreReadByColumnName() throws IOException {
        Path file = file("sts.tsv", "score\tsentence2\tsentence1\n4.5\t\"b\" x\ta\n");
        Example pair = Dataset.pairs(file, Dataset.PairColumns.STS).examples().getFirst();
        assertThat(pair.query().text()).isEqualTo("a");
        assertThat(pair.positives().getFirst().text()).isEqualTo("\"b\" x");
        assertThat(pair.scores()).containsExactly(4.5);
        Path other = file("other.tsv", "left\tright\tscore\na\tb\t1\n");
        assertThatThrownBy(() -> Dataset.pairs(other, Dataset.PairColumns.STS))
                .isInstanceOf(BadInput.class)
                .hasMessage(other + " has no column 'sentence1'; columns are left, right, score");
    }
}
