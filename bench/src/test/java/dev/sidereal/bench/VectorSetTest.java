package dev.sidereal.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.engine.Scratch;
import dev.sidereal.search.IndexSettings;
import dev.sidereal.testkit.HashingEncoder;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VectorSetTest {
    private static final List<String> PASSAGES = GeneratedDocuments.stream(300)
            .map(text -> text.substring(0, 60).strip())
            .toList();
    private static final List<String> QUESTIONS =
            IntStream.range(0, 20).mapToObj(i -> PASSAGES.get(11 * i)).toList();

    private static VectorSet set() {
        HashingEncoder encoder = new HashingEncoder(64);
        return VectorSet.of(PASSAGES, QUESTIONS, KnownVectors.of(encoder, PASSAGES, QUESTIONS));
    }

    @Test
    void recallCountsHowManyOfTheTenNearestAreFound() {
        VectorSet set = set();

        assertThat(set.recall(query -> set.truth()[query])).isEqualTo(1);
        assertThat(set.recall(query -> IntStream.of(set.truth()[query]).limit(7).toArray()))
                .isCloseTo(.7, within(1e-9));
        assertThat(set.recall(query -> new int[0])).isZero();
        assertThat(set.truth()[3][0]).isEqualTo(33);
    }

    @Test
    void everySubjectFindsTheNearestIfItLooksAtAll() {
        VectorSet set = set();
        IndexSettings.Dense dense =
                IndexSettings.Dense.defaults(set.encoder().card()).withExactBelow(0);
        try (Scratch scratch = Scratch.in(null);
                Nearest ours = new OurNearest(set, scratch.path().resolve("ours"), "", dense, true);
                Nearest lucene = new LuceneNearest(set, scratch.path().resolve("lucene"));
                Nearest jvector = new JvectorNearest(set)) {
            for (Nearest subject : List.of(ours, lucene, jvector)) {
                assertThat(set.recall(subject.at(250))).as(subject.subject()).isGreaterThan(.97);
            }
        }
    }
}
