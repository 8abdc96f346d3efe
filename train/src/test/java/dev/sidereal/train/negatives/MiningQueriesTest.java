package dev.sidereal.train.negatives;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Qrels;
import dev.sidereal.core.Query;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

class MiningQueriesTest {
    private static final StoredCorpus CORPUS = Toy.corpus(3);

    @AfterAll
    static void close() {
        CORPUS.close();
    }

    @Test
    void gradesAboveZeroArePositives() {
        Qrels qrels = new Qrels(Map.of("a", Map.of("d2", 1, "d1", 0), "b", Map.of("d0", 0)));
        assertThat(MiningQueries.of(List.of(new Query("a", "?"), new Query("b", "?")), qrels, CORPUS))
                .containsExactly(new MiningQuery("a", "?", List.of(2)));
    }

    @Test
    void anIdThatDoesNotResolveIsRefused() {
        assertThatThrownBy(() ->
                        MiningQueries.of(List.of(new Query("a", "?")), new Qrels(Map.of("a", Map.of("e9", 1))), CORPUS))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "query 'a' has the positive 'e9', but the corpus of 3 documents has no such id; judgments and"
                                + " corpus do not belong together");
    }

    @Test
    void queriesWithoutAnyPositiveAreRefused() {
        assertThatThrownBy(() -> MiningQueries.of(List.of(new Query("a", "?")), new Qrels(Map.of()), CORPUS))
                .hasMessage("none of the 1 queries has a positive; a grade above 0 is expected");
    }
}
