package dev.sidereal.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.models.embeddings.CreateEmbeddingResponse;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.sidereal.core.Encoder;
import dev.sidereal.engine.OpenEncoder;
import dev.sidereal.engine.Workspace;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The official client of OpenAI gets its embeddings here. */
class EmbeddingsTest {
    private static final List<String> TEXTS = List.of("a bird that cannot fly", "sort a list by a key");

    @Test
    void theOfficialClientGetsWhatTheEncoderGives(@TempDir Path workspace) {
        Path folder = workspace.resolve("indexes").resolve("vectors");
        float[][] expected;
        try (OpenEncoder encoder = OpenEncoder.of("minilm-q")) {
            CatalogueIndex.create(
                    folder, IndexSettings.words().withDense(IndexSettings.Dense.defaults(encoder.card())));
            expected = encoder.encode(Encoder.Role.DOCUMENT, TEXTS).vectors();
        }
        try (SiderealServer server = SiderealServer.start(
                Workspace.open(workspace), "vectors", ServerSettings.local().withPort(0))) {
            OpenAIClient client = OpenAIOkHttpClient.builder()
                    .baseUrl(server.address() + "v1")
                    .apiKey("any")
                    .build();
            for (EmbeddingCreateParams.EncodingFormat format :
                    List.of(EmbeddingCreateParams.EncodingFormat.FLOAT, EmbeddingCreateParams.EncodingFormat.BASE64)) {
                CreateEmbeddingResponse response = client.embeddings()
                        .create(EmbeddingCreateParams.builder()
                                .model("minilm-q")
                                .inputOfArrayOfStrings(TEXTS)
                                .encodingFormat(format)
                                .build());
                assertThat(response.data()).hasSize(2);
                assertThat(response.model()).isEqualTo("minilm-q");
                for (int text = 0; text < 2; text++) {
                    List<Float> vector = response.data().get(text).embedding();
                    assertThat(vector).hasSize(expected[text].length);
                    for (int i = 0; i < vector.size(); i++) {
                        assertThat(vector.get(i)).isCloseTo(expected[text][i], within(1e-5f));
                    }
                }
            }
            client.close();
        }
    }
}
