package dev.sidereal.train.negatives.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Progress;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.vector.TopK;
import dev.sidereal.train.negatives.Toy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DenseIndexTest {
    @TempDir
    Path folder;

    private static float[] vector(Random random, int dims) {
        float[] vector = new float[dims];
        for (int d = 0; d < dims; d++) {
            vector[d] = (float) random.nextGaussian();
        }
        return vector;
    }

    @Test
    void theBestOfAllTilesAreThoseOfAFullSort() {
        Random random = new Random(1);
        float[][] documents =
                IntStream.range(0, 1300).mapToObj(i -> vector(random, 13)).toArray(float[][]::new);
        List<float[]> queries =
                IntStream.range(0, 5).mapToObj(i -> vector(random, 13)).toList();
        DenseIndex index = new DenseIndex(Toy.encoder(13, Map.of()), new HeapVectors(documents));
        List<List<TopK.Scored>> found = index.search(queries, 17);
        for (int q = 0; q < 5; q++) {
            float[] query = queries.get(q);
            assertThat(found.get(q))
                    .extracting(s -> (int) s.id())
                    .containsExactlyElementsOf(IntStream.range(0, 1300)
                            .boxed()
                            .sorted(Comparator.comparingDouble((Integer d) -> -product(query, documents[d])))
                            .limit(17)
                            .toList());
        }
    }

    private static double product(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += (double) a[d] * b[d];
        }
        return sum;
    }

    @Test
    void aMappedFileHoldsWhatTheEncoderGave() {
        try (StoredCorpus corpus = Toy.corpus("a", "b", "c");
                VectorFile file = VectorFile.encode(
                        folder.resolve("v"),
                        corpus,
                        Toy.encoder(
                                2, Map.of("a", new float[] {1, 2}, "b", new float[] {3, 4}, "c", new float[] {5, 6})),
                        2,
                        Progress.none())) {
            assertThat(file.row(2)).containsExactly(5, 6);
            assertThat(file.dot(0, 1)).isCloseTo(11, within(1e-6f));
            assertThat(file.fingerprint())
                    .isEqualTo(new HeapVectors(new float[][] {{1, 2}, {3, 4}, {5, 6}}).fingerprint())
                    .isNotEqualTo(new HeapVectors(new float[][] {{1, 2}, {3, 4}, {5, 6.001f}}).fingerprint());
        }
    }

    @Test
    void aVectorThatIsNoNumberIsRefusedAndNothingWritten() {
        try (StoredCorpus corpus = Toy.corpus("a", "b")) {
            assertThatThrownBy(() -> VectorFile.encode(
                            folder.resolve("v"),
                            corpus,
                            Toy.encoder(2, Map.of("b", new float[] {1, Float.NaN})),
                            8,
                            Progress.none()))
                    .isInstanceOf(BadInput.class)
                    .hasMessage(
                            "the vector of document 2 has NaN at dimension 1; the encoder is broken or its training has"
                                    + " diverged");
            assertThat(Files.exists(folder.resolve("v"))).isFalse();
        }
    }

    @Test
    void anEncoderOfOtherLengthIsRefused() {
        assertThatThrownBy(() -> new DenseIndex(Toy.encoder(3, Map.of()), new HeapVectors(new float[][] {{1, 2}})))
                .isInstanceOf(ArtifactMismatch.class)
                .hasMessage(
                        "the encoder 'toy' gives 3 dimensions, but the documents have 2; encode the corpus with this"
                                + " encoder");
    }
}
