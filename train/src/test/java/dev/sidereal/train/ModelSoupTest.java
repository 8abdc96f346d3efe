package dev.sidereal.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.GradientEncoder;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.NoGrad;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelSoupTest {
    private static final String WEIGHT = "encoder.layer.0.output.dense.weight";

    @TempDir
    private Path folder;

    private String bert(String name, int layers, Consumer<Bert> change) {
        return TinyFolders.write(folder.resolve(name), TinyFolders.bert(layers, 8, 12), change)
                .toString();
    }

    private static Consumer<Bert> filled(double value) {
        return bert -> {
            try (NoGrad _ = new NoGrad()) {
                bert.parameters().all().values().forEach(tensor -> tensor.fillInPlace(value));
            }
        };
    }

    private float merged(List<String> models, List<Double> weights) {
        Path to = folder.resolve("soup");
        ModelSoup.merge(models, weights, to);
        try (GradientEncoder soup = GradientEncoder.open(to.toString(), Device.CPU)) {
            for (var tensor : soup.parameters().all().values()) {
                assertThat(tensor.floats()[0])
                        .isCloseTo(soup.parameters().get(WEIGHT).floats()[0], within(1e-6f));
            }
            return soup.parameters().get(WEIGHT).floats()[0];
        }
    }

    @Test
    void parametersAreAveragedByWeight() {
        List<String> models = List.of(bert("one", 1, filled(1)), bert("two", 1, filled(2)), bert("six", 1, filled(6)));
        assertThat(merged(models, List.of(1.0, 1.0, 1.0))).isCloseTo(3, within(1e-6f));
        assertThat(merged(models, List.of(2.0, 1.0, 1.0))).isCloseTo(2.5f, within(1e-6f));
    }

    @Test
    void decodersAreMergedToo() {
        String model = TinyFolders.write(folder.resolve("a"), TinyFolders.decoder(1, 12, 16), _ -> {})
                .toString();
        String twice = TinyFolders.write(folder.resolve("b"), TinyFolders.decoder(1, 12, 16), decoder -> {
                    try (NoGrad _ = new NoGrad()) {
                        decoder.parameters().all().values().forEach(tensor -> tensor.mulInPlace(3));
                    }
                })
                .toString();
        ModelSoup.merge(List.of(model, twice), folder.resolve("soup"));
        try (GradientEncoder before = GradientEncoder.open(model, Device.CPU);
                GradientEncoder soup =
                        GradientEncoder.open(folder.resolve("soup").toString(), Device.CPU)) {
            float[] expected =
                    before.parameters().get("model.embed_tokens.weight").floats();
            float[] got = soup.parameters().get("model.embed_tokens.weight").floats();
            for (int i = 0; i < got.length; i++) {
                assertThat(got[i]).isCloseTo(2 * expected[i], within(1e-6f));
            }
        }
    }

    @Test
    void whatDoesNotBelongTogetherIsRefused() throws IOException {
        String one = bert("one", 1, filled(1));
        String deep = bert("deep", 2, filled(1));
        String other = bert("other", 1, filled(1));
        Path tokenizer = Path.of(other, "tokenizer.json");
        Files.writeString(tokenizer, Files.readString(tokenizer).replace("w49", "sun"));
        assertRefused(
                List.of(one, deep),
                List.of(1.0, 1.0),
                "The models " + one + " and " + deep + " are of different architectures and cannot be merged: "
                        + TinyFolders.bert(1, 8, 12) + " and " + TinyFolders.bert(2, 8, 12) + ".");
        assertRefused(
                List.of(one, other),
                List.of(1.0, 1.0),
                "The models " + one + " and " + other
                        + " have different tokenizers and cannot be merged; their tokens are not the same.");
        assertRefused(
                List.of(one),
                List.of(1.0),
                "Merging needs at least two models and one weight for each, got 1 models and 1 weights.");
        assertRefused(
                List.of(one, one),
                List.of(1.0),
                "Merging needs at least two models and one weight for each, got 2 models and 1 weights.");
        assertRefused(
                List.of(one, one), List.of(1.0, -1.0), "Weights of merged models must be above 0, got [1.0, -1.0].");
    }

    private void assertRefused(List<String> models, List<Double> weights, String message) {
        assertThatThrownBy(() -> ModelSoup.merge(models, weights, folder.resolve("soup")))
                .isInstanceOf(BadConfig.class)
                .hasMessage(message);
        assertThat(folder.resolve("soup")).doesNotExist();
    }
}
