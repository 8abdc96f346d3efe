package dev.sidereal.recommend.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Progress;
import dev.sidereal.core.RecommendRequest.Seen;
import dev.sidereal.recommend.CaseRanks;
import dev.sidereal.recommend.FullRanking;
import dev.sidereal.recommend.ItemScorer;
import dev.sidereal.recommend.RecommendEvaluation;
import dev.sidereal.recommend.log.LogSettings;
import dev.sidereal.recommend.log.LogSplit.Fit;
import dev.sidereal.recommend.log.RecommendData;
import dev.sidereal.recommend.log.Sequences;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures of the same baselines in NumPy and SciPy (rec_floor.py beside the data), full ranking, on the same files. */
@Tag("shared")
class FloorsTest {
    private static final Path DATA = Path.of(Objects.requireNonNull(System.getProperty("sidereal.root")))
            .resolveSibling("shared")
            .resolve("data");

    @ParameterizedTest(name = "{0}, {1}, {2}, seen {3}")
    @CsvSource({
        "amazon14_beauty,popularity,TRAIN,REMOVED,0.007468,0.004144,0.011537,0.005456",
        "amazon14_beauty,itemknn,TRAIN,REMOVED,0.039395,0.026980,0.056746,0.032579",
        "amazon14_beauty,adjacency,TRAIN,REMOVED,0.056075,0.041029,0.076510,0.047619",
        "amazon14_beauty,popularity,TRAIN_AND_VALIDATION,REMOVED,0.007691,0.004238,0.013460,0.006075",
        "amazon14_beauty,itemknn,TRAIN_AND_VALIDATION,REMOVED,0.044851,0.031378,0.064258,0.037585",
        "amazon14_beauty,adjacency,TRAIN_AND_VALIDATION,REMOVED,0.063990,0.047023,0.085722,0.054036",
        "amazon18_office,popularity,TRAIN,KEPT,0.021578,0.014914,0.036786,0.019721",
        "amazon18_office,itemknn,TRAIN,KEPT,0.100082,0.080050,0.117139,0.085501",
        "amazon18_office,adjacency,TRAIN,KEPT,0.114879,0.092730,0.131114,0.097968",
        "amazon18_office,adjacency,TRAIN,REMOVED,0.101521,0.084086,0.116523,0.088916",
        "amazon18_office,popularity,TRAIN_AND_VALIDATION,KEPT,0.023633,0.013888,0.044390,0.020524",
        "amazon18_office,itemknn,TRAIN_AND_VALIDATION,KEPT,0.102754,0.083089,0.119811,0.088624",
        "amazon18_office,adjacency,TRAIN_AND_VALIDATION,KEPT,0.122072,0.099614,0.138307,0.104819",
        "movielens_small,popularity,TRAIN,REMOVED,0.026826,0.014977,0.044709,0.020572",
        "movielens_small,itemknn,TRAIN,REMOVED,0.032787,0.020705,0.058122,0.028894",
        "movielens_small,adjacency,TRAIN,REMOVED,0.071535,0.045553,0.111773,0.058736",
        "movielens_small,itemknn,TRAIN_AND_VALIDATION,REMOVED,0.035768,0.021755,0.061103,0.029843",
        "movielens_small,adjacency,TRAIN_AND_VALIDATION,REMOVED,0.067064,0.043731,0.110283,0.058164",
    })
    void aBaselineEqualsItsTwin(
            String set, String system, Fit fit, Seen seen, double r5, double n5, double r10, double n10) {
        RecommendData data = RecommendData.open(DATA.resolve(set), LogSettings.defaults(), Progress.none());
        Sequences train = data.split().fit(fit);
        int items = data.index().size();
        ItemScorer scorer =
                switch (system) {
                    case "popularity" -> Popularity.fit(train, items);
                    case "itemknn" -> ItemKnn.fit(train, items);
                    default -> Adjacency.fit(train, items, Adjacency.Settings.PLAIN);
                };
        CaseRanks ranks = RecommendEvaluation.of(seen)
                .evaluate(new FullRanking(system, scorer), data.split().test(), Progress.none());
        // Sums in another order differ in the last bits, which may turn a tie.
        assertThat(ranks.recall(5)).isCloseTo(r5, within(5e-6));
        assertThat(ranks.ndcg(5)).isCloseTo(n5, within(5e-6));
        assertThat(ranks.recall(10)).isCloseTo(r10, within(5e-6));
        assertThat(ranks.ndcg(10)).isCloseTo(n10, within(5e-6));
        assertThat(ranks.validRate()).isEqualTo(1);
    }
}
