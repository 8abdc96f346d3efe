package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Embeddings;
import dev.sidereal.core.Encoder.Role;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PackagedModelTest {
    private static final List<String> MIXED = List.of(
            "a cat sits on the mat", "", "stocks fell " + "very ".repeat(700) + "far", "a kitten is on a rug", "x");

    @ParameterizedTest
    @EnumSource
    void theKnownHashIsThatOfTheUnpackedWeights(PackagedModel model) throws IOException {
        ModelSource source = model.source(CacheFolder.path());
        assertThat(Sha256.ofFiles(List.of(source.weights()))).isEqualTo(model.weightsHash());
        assertThat(ModelFolder.quantisedDynamically(source.weights()))
                .isEqualTo(model.recipe().oneByOne());
    }

    @Test
    void aDamagedUnpackedFileIsUnpackedAgain(@TempDir Path cache) throws IOException {
        Path file = PackagedModel.MINILM_Q.source(cache).weights();
        Files.write(file, new byte[10]);
        PackagedModel.MINILM_Q.source(cache);
        assertThat(file).hasSize(22_972_370);
        try (var files = Files.list(file.getParent())) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void likeTextsAreCloserThanUnlikeOnesAndLongOnesAreCounted(PackagedModel model) {
        try (Encoder encoder = Encoders.open(model.spec())) {
            Embeddings made = encoder.encode(Role.DOCUMENT, MIXED);
            float[][] vectors = made.vectors();
            assertThat(dot(vectors[0], vectors[3])).isGreaterThan(dot(vectors[0], vectors[2]) + .1);
            assertThat(made.truncated()).isEqualTo(1);
            // By the BERT vocabulary: 8 + 2 + limit + 8 + 3, [CLS] and [SEP] included.
            assertThat(made.tokens()).isEqualTo(21 + encoder.card().maxTokens());
            for (float[] vector : vectors) {
                assertThat(vector).hasSize(encoder.card().dims());
                assertThat(dot(vector, vector)).isCloseTo(1, within(1e-5));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BGE_SMALL", "MINILM_Q"})
    void aTextsVectorDoesNotDependOnItsNeighboursOrOnOtherCallers(PackagedModel model) throws Exception {
        try (Encoder encoder = Encoders.open(model.spec());
                var callers = Executors.newFixedThreadPool(3)) {
            List<Callable<float[][]>> calls = new ArrayList<>();
            for (String text : MIXED) {
                calls.add(() -> encoder.encode(Role.QUERY, List.of(text)).vectors());
            }
            calls.add(() -> encoder.encode(Role.QUERY, MIXED).vectors());
            List<Future<float[][]>> results = callers.invokeAll(calls);
            float[][] together = results.getLast().get();
            for (int i = 0; i < MIXED.size(); i++) {
                assertThat(results.get(i).get()[0]).containsExactly(together[i], within(2e-6f));
            }
        }
    }

    @Test
    void bgeReadsAQueryWithItsInstruction() {
        String instruction = "Represent this sentence for searching relevant passages: ";
        try (Encoder encoder = Encoders.open("bge-small-q")) {
            assertThat(encoder.encode(Role.QUERY, List.of("wings")).vectors()[0])
                    .containsExactly(encoder.encode(Role.DOCUMENT, List.of(instruction + "wings"))
                            .vectors()[0]);
        }
    }

    @Test
    @Tag("slow")
    void manyTextsComeBackInTheirOrder() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            texts.add(i % 1000 == 0 ? "the number " + i : "b");
        }
        Collections.reverse(texts);
        try (Encoder encoder = Encoders.open("minilm-q")) {
            float[][] vectors = encoder.encode(Role.DOCUMENT, texts).vectors();
            float[] b = encoder.encode(Role.DOCUMENT, List.of("b")).vectors()[0];
            float[] last =
                    encoder.encode(Role.DOCUMENT, List.of("the number 0")).vectors()[0];
            assertThat(vectors[0]).containsExactly(b);
            assertThat(vectors[4999]).containsExactly(last);
            assertThat(vectors[4500]).containsExactly(b);
        }
    }

    @Test
    void bothSizesOfAModelShareOneTokenizer() throws IOException {
        try (InputStream full = PackagedModel.MINILM.open("all-minilm-l6-v2-tokenizer.json");
                InputStream small = PackagedModel.MINILM_Q.open("all-minilm-l6-v2-q-tokenizer.json")) {
            assertThat(full).hasSameContentAs(small);
        }
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int d = 0; d < a.length; d++) {
            sum += a[d] * b[d];
        }
        return sum;
    }
}
