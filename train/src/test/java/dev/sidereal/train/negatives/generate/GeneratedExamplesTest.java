package dev.sidereal.train.negatives.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.core.Item;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.train.data.Dataset;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.loop.MinedSet;
import dev.sidereal.train.loop.MiningData;
import dev.sidereal.train.loop.MiningJob;
import dev.sidereal.train.negatives.MiningSettings;
import dev.sidereal.train.negatives.generate.QueryWriter.Written;
import dev.sidereal.train.negatives.score.CrossEncoderScorer;
import dev.sidereal.train.negatives.score.RuleReranker;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GeneratedExamplesTest {
    private static ChatModel recorded(String... answers) {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        return new ChatModel() {
            @Override
            public String chat(String prompt) {
                return left.remove();
            }
        };
    }

    private static Stream<Item> items() {
        return IntStream.range(0, 30)
                .mapToObj(i -> Item.of("d" + i, "moon " + i + " ring", "The moon " + i + " ring is seen on day " + i));
    }

    @Test
    void titlesAskForTheirTextsWithoutThem() {
        Dataset data = GeneratedExamples.of("moons", items(), new TitleQueries(), 3);
        assertThat(data.examples()).hasSize(30);
        Example first = data.examples().getFirst();
        assertThat(first.query().text()).isEqualTo("moon 0 ring");
        assertThat(first.positives().getFirst().text()).isEqualTo("The moon 0 ring is seen on day 0");
        assertThat(first.where()).isEqualTo("moons (generated from 'd0')");
    }

    @Test
    void documentsWithoutTitlesNeedAModel() {
        assertThatThrownBy(
                        () -> GeneratedExamples.of("moons", Stream.of(Item.of("d", "", "text")), new TitleQueries(), 1))
                .isInstanceOf(BadInput.class)
                .hasMessage("no document of moons gave a query; documents without titles need a language model");
    }

    @Test
    void aModelWritesQueriesLineByLine() {
        QueryWriter writer = new ChatQueries(
                recorded("1. which day?\n\n2. which ring?\n3. one more"), List.of(new Written("q", "p")));
        assertThat(writer.write(Item.of("d", "Moon", "Seen."), 2))
                .containsExactly(new Written("which day?", "Moon Seen."), new Written("which ring?", "Moon Seen."));
    }

    @Test
    void queriesThatDoNotFindTheirDocumentGo() {
        List<Item> items = List.of(
                Item.of("a", "red planet", "red planet dust"),
                Item.of("b", "ringed world", "ringed world ice"),
                Item.of("c", "red planet dust", "something else entirely"));
        Dataset all = GeneratedExamples.of("planets", items.stream(), new TitleQueries(), 1);
        Dataset kept = GeneratedExamples.roundTrip(all, new HashingEncoder(256), 1);
        assertThat(kept.examples()).extracting(e -> e.query().text()).containsExactly("red planet", "ringed world");
    }

    @Test
    void gplIsGeneratedQueriesWithATeachersScores() {
        Dataset data = GeneratedExamples.of("moons", items(), new TitleQueries(), 1);
        try (MiningData mining = MiningData.of(data)) {
            MiningJob job = new MiningJob(
                    mining,
                    "gpl",
                    MiningSettings.of(1).withNegatives(4),
                    inputs -> inputs.teacher(
                            new CrossEncoderScorer(mining.corpus(), new RuleReranker("length", String::length))));
            MinedSet set = job.mine(new HashingEncoder(64), 0);
            Dataset scored = set.scoredIn(data);
            assertThat(scored.examples()).hasSize(30).allSatisfy(example -> {
                assertThat(example.scores()).hasSize(5);
                assertThat(example.scores().getFirst())
                        .isEqualTo(example.positives().getFirst().text().length());
                assertThat(example.scores().get(1))
                        .isEqualTo(example.negatives().getFirst().text().length());
            });
        }
    }

    @Test
    void tripletsAreReadFromJsonAndBadFormGivesNone() {
        ChatTriplets triplets = new ChatTriplets(recorded(
                "1. Given a question, find its answer.\n2. Given a claim, find proof.\n",
                "Sure: {\"user_query\": \"q\", \"positive_document\": \"p\", \"hard_negative_document\": \"n\"}",
                "{\"user_query\": \"q\"}",
                "no",
                "{\"user_query\": \"q\", "));
        List<String> tasks = triplets.tasks(2);
        assertThat(tasks).containsExactly("Given a question, find its answer.", "Given a claim, find proof.");
        Example example = triplets.write(tasks.getFirst()).orElseThrow();
        assertThat(example.negatives()).containsExactly(Text.of("n"));
        assertThat(example.instruction()).isEqualTo(tasks.getFirst());
        assertThat(triplets.write(tasks.getLast())).isEmpty();
        assertThat(triplets.write(tasks.getLast())).isEmpty();
        assertThat(triplets.write(tasks.getLast())).isEmpty();
    }

    @Test
    void aQueryThatTheSimilarPageAnswersTooIsNotTaken() {
        Text page = new Text("a", "page a");
        Text similar = new Text("b", "page b");
        Example example = new DocReRank(
                        recorded("what says a?"),
                        (_, texts) -> List.of(texts.getFirst().equals("page a")))
                .write(page, similar)
                .orElseThrow();
        assertThat(example.negatives()).containsExactly(similar);
        assertThat(new DocReRank(recorded("what?"), (_, _) -> List.of(true)).write(page, similar))
                .isEmpty();
    }
}
