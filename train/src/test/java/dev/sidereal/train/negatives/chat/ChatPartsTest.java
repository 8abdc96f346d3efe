package dev.sidereal.train.negatives.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.NegativeFilter.Filtered;
import dev.sidereal.train.negatives.QueryContext;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import dev.sidereal.train.negatives.filter.GeckoRelabel;
import dev.sidereal.train.negatives.filter.Judged;
import dev.sidereal.train.negatives.filter.Judged.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class ChatPartsTest {
    private static final StoredCorpus CORPUS = Toy.corpus(12);
    private final List<String> asked = new ArrayList<>();

    @AfterAll
    static void close() {
        CORPUS.close();
    }

    private ChatModel scripted(UnaryOperator<String> answers) {
        return new ChatModel() {
            @Override
            public String chat(String prompt) {
                asked.add(prompt);
                return answers.apply(prompt);
            }
        };
    }

    /** The number under which a prompt shows a text. */
    private static String numberOf(String text, String prompt) {
        int at = prompt.indexOf("] " + text + "\n");
        return prompt.substring(prompt.lastIndexOf('[', at) + 1, at);
    }

    private static List<Candidate> pool() {
        return Toy.pool(8, 7, 6, 5, 4, 3, 2, 1);
    }

    private static QueryContext context() {
        return Toy.context(CORPUS, 10, 1);
    }

    @Test
    void judgesAreAskedBlindAndInAnOrderThatIsDrawn() {
        ChatJudge judge = new ChatJudge("toy", scripted(prompt -> numberOf("text number 3", prompt)));
        Filtered filtered = new Judged(judge, judge).apply(context(), pool());
        assertThat(filtered.positives()).extracting(Candidate::document).containsExactly(3);
        assertThat(filtered.kept()).hasSize(7);
        assertThat(asked).hasSize(2);
        assertThat(asked.getFirst()).doesNotContain("score", "rank", "8.0");
        List<Integer> shown = asked.getFirst()
                .lines()
                .filter(line -> line.startsWith("["))
                .map(line -> Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1)))
                .toList();
        assertThat(shown)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7)
                .isNotEqualTo(shown.stream().sorted().toList());
        assertThat(new Judged(judge, judge)).hasToString("rlhn[toy, toy, RELABEL]");
    }

    @Test
    void noneMeansNoneAndNumbersThatWereNotShownAreNoAnswer() {
        assertThat(new ChatJudge("toy", scripted(_ -> "none")).relevant("q", List.of("a", "b")))
                .containsExactly(false, false);
        assertThat(new ChatJudge("toy", scripted(_ -> "I think:\n0, 2, 7")).relevant("q", List.of("a", "b")))
                .containsExactly(false, true);
    }

    @Test
    void whatIsConfirmedMayBeDroppedOrTakeTheQueryWithIt() {
        ChatJudge judge = new ChatJudge("toy", scripted(prompt -> numberOf("text number 3", prompt)));
        Filtered dropped = new Judged(judge, judge, Action.DROP).apply(context(), pool());
        assertThat(dropped.positives()).isEmpty();
        assertThat(dropped.kept()).hasSize(7);
        Filtered removed = new Judged(judge, judge, Action.REMOVE_QUERY).apply(context(), pool());
        assertThat(removed.queryGivenUp()).isTrue();
        ChatJudge nothing = new ChatJudge("toy", scripted(_ -> "none"));
        assertThat(new Judged(judge, nothing, Action.REMOVE_QUERY)
                        .apply(context(), pool())
                        .kept())
                .hasSize(8);
    }

    @Test
    void aJudgeWithoutAnAnswerForEachTextIsRefused() {
        assertThatThrownBy(() -> new Judged((_, _) -> List.of(true), (_, _) -> List.of()).apply(context(), pool()))
                .isInstanceOf(BadInput.class)
                .hasMessage("the judge 'judge' gave 1 answers for 8 texts of query 'q'");
    }

    @Test
    void geckoMakesTheBestAPositiveAndTakesNegativesFromAPlaceOn() {
        ChatRanker ranker = new ChatRanker(
                "toy",
                scripted(prompt -> String.join(
                        ", ",
                        numberOf("text number 2", prompt),
                        numberOf("text number 10", prompt),
                        numberOf("text number 5", prompt),
                        numberOf("text number 7", prompt))));
        Filtered filtered = new GeckoRelabel(ranker, 3).apply(context(), pool());
        assertThat(filtered.positives()).extracting(Candidate::document).containsExactly(2);
        assertThat(filtered.kept()).extracting(Candidate::document).containsExactly(5, 7);
        assertThat(asked.getFirst()).doesNotContain("positive", "score");
    }

    @Test
    void geckoLeavesTheKnownPositiveWhereItIsBest() {
        ChatRanker ranker = new ChatRanker(
                "toy",
                scripted(prompt -> numberOf("text number 10", prompt) + " > " + numberOf("text number 2", prompt)));
        Filtered filtered = new GeckoRelabel(ranker, 2).apply(context(), pool());
        assertThat(filtered.positives()).isEmpty();
        assertThat(filtered.kept()).extracting(Candidate::document).containsExactly(2);
    }
}
