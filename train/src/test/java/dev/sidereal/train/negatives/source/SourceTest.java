package dev.sidereal.train.negatives.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Item;
import dev.sidereal.core.Run;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.train.negatives.Candidate;
import dev.sidereal.train.negatives.CandidateSource;
import dev.sidereal.train.negatives.MiningQuery;
import dev.sidereal.train.negatives.Round;
import dev.sidereal.train.negatives.Toy;
import dev.sidereal.train.negatives.corpus.Clusters;
import dev.sidereal.train.negatives.corpus.HeapVectors;
import dev.sidereal.train.negatives.corpus.StoredCorpus;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceTest {
    private static final int DRAWS = 20_000;

    private static List<Candidate> of(CandidateSource source, MiningQuery query, int k) {
        return source.candidates(List.of(query), k, new Round(1, 0)).getFirst();
    }

    private static MiningQuery query(String id, Integer... positives) {
        return new MiningQuery(id, "query", List.of(positives));
    }

    /** Draws for many queries, whose choices must be independent. */
    private static long[] firstOf(CandidateSource source, int documents, int k) {
        long[] counts = new long[documents];
        for (int i = 0; i < DRAWS; i++) {
            counts[of(source, query("q" + i, 0), k).getFirst().document()]++;
        }
        return counts;
    }

    @Test
    void uniformDrawsAreUniformAndDistinct() {
        UniformSource source = new UniformSource("random", 6);
        assertThat(Toy.chiSquare(
                        firstOf(source, 6, 3), new double[] {1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0, 1 / 6.0}))
                .isLessThan(Toy.limit(5));
        assertThat(of(source, query("q", 0), 100))
                .extracting(Candidate::document)
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void popularDocumentsComeByTheThreeQuarterPower() {
        int[] counts = {1, 0, 16, 81};
        double sum = 1 + 8 + 27;
        assertThat(Toy.chiSquare(
                        firstOf(new PopularitySource(counts, 0.75), 4, 2),
                        new double[] {1 / sum, 0, 8 / sum, 27 / sum}))
                .isLessThan(Toy.limit(2));
    }

    @Test
    void theSecondPopularDocumentFollowsFromWhatIsLeft() {
        int[] counts = {1, 16, 81};
        PopularitySource source = new PopularitySource(counts, 0.75);
        long[] seconds = new long[3];
        for (int i = 0; i < DRAWS; i++) {
            List<Candidate> drawn = of(source, query("q" + i, 0), 3);
            assertThat(new HashSet<>(drawn)).hasSize(3);
            seconds[drawn.get(1).document()]++;
        }
        double[] w = {1 / 36.0, 8 / 36.0, 27 / 36.0};
        double[] law = new double[3];
        for (int a = 0; a < 3; a++) {
            for (int b = 0; b < 3; b++) {
                law[b] += a == b ? 0 : w[a] * w[b] / (1 - w[a]);
            }
        }
        assertThat(Toy.chiSquare(seconds, law)).isLessThan(Toy.limit(2));
    }

    @Test
    void aTailOfLittleWeightIsStillDrawnWhole() {
        int[] counts = new int[50];
        Arrays.fill(counts, 1);
        counts[0] = Integer.MAX_VALUE;
        assertThat(of(new PopularitySource(counts, 1), query("q", 0), 50))
                .hasSize(50)
                .doesNotHaveDuplicates();
        assertThatThrownBy(() -> new PopularitySource(new int[3], 1))
                .isInstanceOf(BadInput.class)
                .hasMessage("no document has a popularity above 0, so none can be drawn");
    }

    @Test
    void aRunOfAnotherCorpusIsRefused() {
        try (StoredCorpus corpus = Toy.corpus(2)) {
            Run run = new Run("bm25", Map.of("q", List.of(new Run.Scored("d1", 2), new Run.Scored("x", 1))));
            assertThatThrownBy(() -> new RunSource(run, corpus))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            "the run 'bm25' lists item 'x' for query 'q', but the corpus has no such item; the run is"
                                    + " of another corpus");
            assertThatThrownBy(() -> new RunSource(new Run("bm25", Map.of()), corpus))
                    .hasMessage("the run 'bm25' has no results");
        }
    }

    @Test
    void anEnsembleTakesItsSourcesInTurnAndKeepsTheirNames() {
        try (StoredCorpus corpus = Toy.corpus(5)) {
            RunSource a = new RunSource(run("a", "d0", "d1", "d2"), corpus);
            RunSource b = new RunSource(run("b", "d1", "d3"), corpus);
            assertThat(of(new EnsembleSource(List.of(a, b)), query("q", 4), 10))
                    .extracting(c -> c.source() + c.document() + "@" + c.rank())
                    .containsExactly("a0@1", "b1@1", "b3@2", "a2@3");
        }
    }

    private static Run run(String name, String... ids) {
        return new Run(
                name,
                Map.of("q", Stream.of(ids).map(id -> new Run.Scored(id, 1)).toList()));
    }

    @Test
    void siblingsShareThePageOfAPositiveAndAreNotIt() {
        try (StoredCorpus corpus = StoredCorpus.temporary(Stream.of(
                Item.of("a", "Saturn", "rings"),
                Item.of("b", "Mars", "dust"),
                Item.of("c", "saturn", "moons"),
                Item.of("e", "", "no title"),
                Item.of("f", "", "none either"),
                Item.of("g", "Saturn", "storms")))) {
            GroupSource source = GroupSource.siblings(corpus);
            assertThat(of(source, query("q", 0), 9))
                    .extracting(Candidate::document)
                    .containsExactlyInAnyOrder(2, 5);
            assertThat(of(source, query("q", 3), 9)).isEmpty();
        }
    }

    @Test
    void theClusterOfAPositiveIsDrawnFrom() {
        HeapVectors vectors = new HeapVectors(new float[][] {{1, 0}, {0.1f, 1}, {1, 0.1f}, {0, 1}, {1, -0.1f}});
        assertThat(of(GroupSource.clusters(Clusters.fit(vectors, 2, 1)), query("q", 0), 9))
                .extracting(Candidate::document)
                .containsExactlyInAnyOrder(2, 4);
    }

    @Test
    void counterfactualsChangeOnePlaceEach() {
        assertThat(new Counterfactuals().write("q", "Aspirin increases risk in 1994 and is not cheap at 3 cents.", 9))
                .containsExactly(
                        "Aspirin decreases risk in 1994 and is not cheap at 3 cents.",
                        "Aspirin increases risk in 2001 and is not cheap at 3 cents.",
                        "Aspirin increases risk in 1994 and is not cheap at 7 cents.",
                        "Aspirin increases risk in 1994 and is cheap at 3 cents.");
        assertThat(new Counterfactuals().write("q", "The moon was full. Higher tides follow.", 9))
                .containsExactly(
                        "The moon was full. Lower tides follow.", "The moon was not full. Higher tides follow.");
        assertThat(new Counterfactuals().write("q", "In May the moon Titan passed behind Saturn.", 9))
                .containsExactly(
                        "In June the moon Titan passed behind Saturn.",
                        "In Titan the moon May passed behind Saturn.",
                        "In May the moon Saturn passed behind Titan.");
        assertThat(new Counterfactuals().write("q", "nothing here", 9)).isEmpty();
    }
}
