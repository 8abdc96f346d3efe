package dev.sidereal.recommend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.eval.significance.Bootstrap;
import dev.sidereal.eval.significance.Interval;
import dev.sidereal.recommend.log.Cases;
import dev.sidereal.recommend.log.Sequences;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecommendEvaluationTest {
    private static final Cases CASES =
            new Cases(List.of("ann", "bob"), Sequences.of(List.of(new int[] {0}, new int[] {3, 3})), new int[] {2, 3});

    /** Scores 5, 9, 9, 7 for items 0 to 3, and nothing for item 4. */
    private static final ItemScorer SCORES = new ItemScorer() {
        @Override
        public int items() {
            return 5;
        }

        @Override
        public void score(Histories histories, float[][] scores) {
            for (float[] row : scores) {
                System.arraycopy(new float[] {5, 9, 9, 7, Float.NEGATIVE_INFINITY}, 0, row, 0, 5);
            }
        }
    };

    @Test
    void ofEqualScoresTheEarlierItemIsFirstAndSeenItemsDoNotComeBack() {
        CaseRanks ranks = RecommendEvaluation.of(Seen.REMOVED)
                .evaluate(new FullRanking("made up", SCORES), CASES, Progress.none());
        assertThat(ranks.ranks()).containsExactly(2, 0);
        assertThat(ranks.recall(5)).isEqualTo(0.5);
        assertThat(ranks.ndcg(5)).isCloseTo(0.5 / (Math.log(3) / Math.log(2)), within(1e-12));
        assertThat(ranks.recall(1)).isZero();
        assertThat(ranks.validRate()).isEqualTo(1);
        assertThat(ranks.returned()).isEqualTo(3 + 3);
    }

    @Test
    void seenItemsMayComeBackWhereUsersDo() {
        CaseRanks ranks =
                RecommendEvaluation.of(Seen.KEPT).evaluate(new FullRanking("made up", SCORES), CASES, Progress.none());
        assertThat(ranks.ranks()).containsExactly(2, 3);
    }

    @Test
    void answersThatAreNoItemsOrSeenOrRepeatedAreNotValid() {
        SequenceRecommender sloppy = new SequenceRecommender() {
            @Override
            public String name() {
                return "sloppy";
            }

            @Override
            public Ranked rank(Histories histories, int k) {
                return new Ranked(new int[][] {{-1, 2, 2, 0}, {1, 4, 2, 0}}, new float[2][4]);
            }
        };
        CaseRanks ranks = RecommendEvaluation.of(Seen.REMOVED).evaluate(sloppy, CASES, Progress.none());
        assertThat(ranks.valid()).isEqualTo(1 + 4);
        assertThat(ranks.validRate()).isEqualTo(5 / 8.0);
        assertThat(ranks.ranks()).containsExactly(2, 0);
    }

    @Test
    void theIntervalOfAPairedDifferenceHoldsIt() {
        double[] better = {1, 1, 1, 0, 1, 1, 0, 1};
        double[] worse = {0, 1, 0, 0, 1, 0, 0, 1};
        Interval interval = CaseRanks.paired(better, worse, new Bootstrap(500, 0.95, 1));
        assertThat(interval.low()).isBetween(0.0, 0.375);
        assertThat(interval.high()).isBetween(0.375, 1.0);
    }
}
