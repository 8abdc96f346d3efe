package dev.sidereal.recommend.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.tensor.DType;
import dev.sidereal.recommend.FullRanking;
import dev.sidereal.recommend.Histories;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.log.LogSplit;
import dev.sidereal.recommend.log.Sequences;
import dev.sidereal.recommend.log.Splits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SasRecTest {
    private static final int ITEMS = 10;
    private static final SasRecSettings TINY = SasRecSettings.defaults()
            .withShape(16, 1, 2, 8)
            .withTraining(0, 0.01)
            .withEpochs(25)
            .withProducts(DType.F32);

    /** Every user goes round the items in order, each from another one. */
    private static LogSplit round() {
        Sequences.Builder sequences = new Sequences.Builder();
        List<String> users = new ArrayList<>();
        for (int u = 0; u < 40; u++) {
            int[] sequence = new int[7];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = (u + i) % ITEMS;
            }
            sequences.add(sequence);
            users.add("u" + u);
        }
        return Splits.leaveLastOut(sequences.build(), users);
    }

    private static SasRecTraining.Result train(SasRecSettings settings) {
        return new SasRecTraining(round(), ITEMS, Seen.REMOVED, settings).train(Progress.none(), _ -> {});
    }

    private static float[] score(SasRec model, int... history) {
        float[][] scores = new float[1][ITEMS];
        model.score(new Histories(List.of(""), new int[][] {history}, Seen.KEPT, null), scores);
        return scores[0];
    }

    @ParameterizedTest
    @EnumSource(names = {"F32", "BF16"})
    void whatAlwaysComesNextIsLearned(DType products) {
        SasRecTraining.Result trained = train(TINY.withProducts(products));
        try (SasRec model = trained.model()) {
            var ranks = RecommendEvaluation.of(Seen.REMOVED)
                    .evaluate(new FullRanking("sasrec", model), round().test(), Progress.none());
            assertThat(ranks.recall(1)).isEqualTo(1);
        }
    }

    @Test
    void equalSeedsGiveEqualWeightsAndScoresDoNotDependOnTheBatch() {
        try (SasRec one = train(TINY.withEpochs(2)).model();
                SasRec two = train(TINY.withEpochs(2)).model();
                SasRec other = train(TINY.withEpochs(2).withSeed(9)).model()) {
            assertThat(score(one, 3, 4)).containsExactly(score(two, 3, 4));
            assertThat(score(one, 3, 4)).isNotEqualTo(score(other, 3, 4));
            float[][] scores = new float[3][ITEMS];
            int[][] histories = {{3, 4}, {}, {9, 8, 7, 6, 5, 4, 3, 2, 1, 0}};
            one.score(new Histories(List.of("", "", ""), histories, Seen.KEPT, null), scores);
            for (int i = 0; i < ITEMS; i++) {
                assertThat(scores[0][i]).isCloseTo(score(one, 3, 4)[i], org.assertj.core.api.Assertions.within(1e-5f));
            }
            assertThat(scores[1]).containsOnly(Float.NEGATIVE_INFINITY);
        }
    }

    @Test
    void aKeptModelOpensAsItWasAndRefusesOtherDataAndSettings(@TempDir Path folder) {
        SasRecSettings settings = TINY.withEpochs(1);
        Path kept = folder.resolve("sasrec");
        SasRecTraining.Result trained = train(settings);
        try (SasRec model = trained.model()) {
            SasRecFolder.write(kept, trained, "hash of data");
            try (SasRec again =
                    SasRecFolder.open(kept, settings, "hash of data").model()) {
                assertThat(score(again, 1, 2)).containsExactly(score(model, 1, 2));
            }
        }
        assertThatThrownBy(() -> SasRecFolder.open(kept, settings, "another"))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessage(
                        kept + " was made from data hash of data, got data another; remove the folder or give another"
                                + " workspace, so that it is trained anew");
        assertThatThrownBy(() -> SasRecFolder.open(kept, settings.withSeed(7), "hash of data"))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessageContaining("was trained with dims 16")
                .hasMessageContaining("seed 7");
    }

    @Test
    void aShapeThatCannotBeIsRefused() {
        assertThatThrownBy(() -> TINY.withShape(10, 1, 3, 8))
                .isInstanceOf(BadConfig.class)
                .hasMessage("SASRec needs dims, layers and heads of 1 or more, heads dividing dims, got 10, 1 and 3");
    }
}
