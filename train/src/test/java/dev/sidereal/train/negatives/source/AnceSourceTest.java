package dev.sidereal.train.negatives.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.DenseIndex;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class AnceSourceTest {
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private final List<Long> encoded = new ArrayList<>();

    /** With the steps the query moves from document 0 to document 2, and the documents turn a little. */
    private DenseIndex encode(long step) {
        encoded.add(step);
        double angle = step / 100.0;
        float[] query = {(float) Math.cos(angle), (float) Math.sin(angle)};
        float turn = step / 1000f;
        return new DenseIndex(Toy.encoder(2, text -> query), new HeapVectors(new float[][] {
            {1, turn}, {0.6f, 0.6f}, {turn, 1}
        }));
    }

    private AnceSource source(long every) {
        return new AnceSource(this::encode, RefreshPolicy.every(every), waiting::add);
    }

    private static List<Integer> nearest(AnceSource source) {
        return source.candidates(List.of(new MiningQuery("q", "?", List.of(1))), 3, new Round(1, 0)).getFirst().stream()
                .map(Candidate::document)
                .toList();
    }

    @Test
    void aRefreshEncodesTheDocumentsAnewAndChangesTheNegatives() {
        AnceSource source = source(100);
        String before = source.generation().index().documents().fingerprint();
        String key = source.fingerprint();
        assertThat(nearest(source)).containsExactly(0, 1, 2);
        assertThat(source.advance(157)).isTrue();
        waiting.remove().run();
        source.await();
        assertThat(nearest(source)).containsExactly(2, 1, 0);
        assertThat(source.generation().index().documents().fingerprint()).isNotEqualTo(before);
        assertThat(source.fingerprint()).isNotEqualTo(key);
        assertThat(source.generation().step()).isEqualTo(157);
        assertThat(encoded).containsExactly(0L, 157L);
    }

    @Test
    void trainingGoesOnWithTheLastFinishedIndexWhileTheNextIsMade() {
        AnceSource source = source(100);
        assertThat(source.advance(99)).isFalse();
        assertThat(source.advance(157)).isTrue();
        assertThat(source.advance(400)).isFalse();
        assertThat(nearest(source)).containsExactly(0, 1, 2);
        assertThat(source.generation().number()).isZero();
        waiting.remove().run();
        assertThat(source.advance(200)).isFalse();
        assertThat(source.generation().number()).isEqualTo(1);
        assertThat(nearest(source)).containsExactly(2, 1, 0);
    }

    @Test
    void aFailedRefreshIsToldAndTheOldIndexStays() {
        AnceSource source = new AnceSource(
                step -> {
                    if (step > 0) {
                        throw new IllegalStateException("no checkpoint");
                    }
                    return encode(step);
                },
                RefreshPolicy.every(1),
                Runnable::run);
        source.advance(1);
        assertThatThrownBy(source::await)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("no checkpoint");
        assertThat(nearest(source)).containsExactly(0, 1, 2);
    }

    @Test
    void aRefreshEveryZeroStepsIsRefused() {
        assertThatThrownBy(() -> RefreshPolicy.every(0))
                .isInstanceOf(BadConfig.class)
                .hasMessage("a refresh comes every 1 step or more, got 0");
    }
}
