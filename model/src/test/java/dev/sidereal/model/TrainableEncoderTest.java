package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.encoder.Bert;
import dev.sidereal.model.encoder.TokenBatch;
import dev.sidereal.model.tensor.AdamW;
import dev.sidereal.model.tensor.Autocast;
import dev.sidereal.model.tensor.Device;
import dev.sidereal.model.tensor.Lora;
import dev.sidereal.model.tensor.Losses;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.tensor.Tensor;
import dev.sidereal.model.tensor.TensorScope;
import dev.sidereal.model.tensor.Tensors;
import dev.sidereal.model.tensor.Torch;
import dev.sidereal.model.weights.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainableEncoderTest {
    @TempDir
    private Path folder;

    @Test
    void vectorsEqualOnnxRuntimes() {
        assertSameAsOnnxRuntime("minilm", SampleSentences.first(20));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small", "minilm"})
    @Tag("slow")
    void vectorsOfTwoHundredSentencesEqualOnnxRuntimes(String spec) {
        assertSameAsOnnxRuntime(spec, SampleSentences.first(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small", "minilm"})
    @Tag("slow")
    void tokenStatesOfTwoHundredSentencesEqualOnnxRuntimes(String spec) {
        List<String> texts = SampleSentences.first(200);
        ModelSource source = Encoders.local(spec);
        try (LocalEncoder onnx = LocalEncoder.open(source);
                OnnxModel runtime = OnnxModel.open(source.weights(), 1);
                TrainableEncoder trainable = TrainableEncoder.open(spec, Device.CPU)) {
            Tokenizer.Tokens[] tokens = onnx.tokenize(Role.DOCUMENT, texts);
            TokenModel ours = trainable.states();
            for (int[] batch : onnx.batches(tokens)) {
                float[] expected = runtime.states(tokens, batch);
                float[] actual = ours.states(tokens, batch);
                int width = tokens[batch[0]].count();
                int dims = ours.dims();
                for (int row = 0; row < batch.length; row++) {
                    // States of padding are nobody's business.
                    int from = row * width * dims;
                    assertClose(actual, expected, from, from + tokens[batch[row]].count() * dims);
                }
            }
        }
    }

    @Test
    @Tag("slow")
    void aFolderOpensBitByBit() {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try (TrainableEncoder packaged = TrainableEncoder.open("minilm", Device.CPU)) {
            packaged.save(first);
            try (TrainableEncoder again = TrainableEncoder.open(first.toString(), Device.CPU);
                    Bert bare = Bert.open(first, Device.CPU)) {
                assertSameWeights(again.model().parameters(), packaged.model().parameters());
                assertSameWeights(bare.parameters(), packaged.model().parameters());
                again.save(second);
            }
        }
        for (String file : List.of("model.safetensors", "onnx/model.onnx", "tokenizer.json", "config.json")) {
            assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file));
        }
        // Nothing was trained, so the graph is the packaged one to the bit.
        assertThat(first.resolve("onnx/model.onnx"))
                .hasSameBinaryContentAs(Encoders.local("minilm").weights());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bge-small", "minilm"})
    @Tag("slow")
    void aTrainedEncoderGivesTheSameVectorsInOnnxRuntime(String spec) {
        List<String> texts = SampleSentences.first(40);
        float[][] before;
        try (TrainableEncoder encoder = TrainableEncoder.open(spec, Device.CPU)) {
            before = encoder.encode(Role.DOCUMENT, texts).vectors();
            String card = encoder.card().fingerprint();
            train(encoder, 5);
            assertThat(encoder.card().fingerprint()).isNotEqualTo(card);
            encoder.save(folder.resolve("trained"));
            try (Encoder served = Encoders.open(folder.resolve("trained").toString())) {
                float[][] expected = encoder.encode(Role.DOCUMENT, texts).vectors();
                float[][] actual = served.encode(Role.DOCUMENT, texts).vectors();
                assertClose(actual, expected);
                assertThat(largestDifference(expected, before)).isGreaterThan(1e-2);
                assertClose(
                        served.encode(Role.QUERY, texts).vectors(),
                        encoder.encode(Role.QUERY, texts).vectors());
            }
        }
    }

    @Test
    @Tag("slow")
    void aLowRankChangeIsServedOnceItIsMerged() {
        List<String> texts = SampleSentences.first(8);
        try (TrainableEncoder encoder = TrainableEncoder.open("minilm", Device.CPU)) {
            encoder.model().parameters().freeze(_ -> true);
            Torch.seed(1);
            try (Lora lora = Lora.attach(
                            encoder.model().linears(), new Lora.Settings(4, 8, 0, List.of("query", "value")));
                    AdamW optimiser = AdamW.of(lora.parameters(), 1e-2, 0)) {
                for (int i = 0; i < 3; i++) {
                    step(encoder, lora.parameters(), optimiser);
                }
                lora.save(folder.resolve("adapter"), "minilm");
                lora.merge();
                encoder.save(folder.resolve("merged"));
                lora.unmerge();
                try (Encoder served = Encoders.open(folder.resolve("merged").toString())) {
                    assertClose(
                            served.encode(Role.DOCUMENT, texts).vectors(),
                            encoder.encode(Role.DOCUMENT, texts).vectors());
                }
                lora.detach();
            }
        }
    }

    @Test
    void whatWasWrittenSaysHowItWantsToBeUsed() {
        try (TrainableEncoder encoder = TrainableEncoder.open("minilm", Device.CPU)) {
            encoder.save(folder.resolve("saved"));
        }
        ModelSource source = ModelFolder.read("saved", folder.resolve("saved"));
        assertThat(source.recipe()).isEqualTo(PackagedModel.MINILM.recipe());
        assertThat(source.card().normalised()).isTrue();
    }

    @Test
    void whatTheSourcesOwnConfigurationSaysIsKept() throws IOException {
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        try (TrainableEncoder encoder = TrainableEncoder.open("minilm", Device.CPU)) {
            encoder.save(first);
        }
        Path config = first.resolve("config.json");
        Files.writeString(config, Files.readString(config).replaceFirst("\\{", "{\"gradient_checkpointing\": false,"));
        try (TrainableEncoder encoder = TrainableEncoder.open(first.toString(), Device.CPU)) {
            encoder.save(second);
        }
        assertThat(ConfigFile.read(second.resolve("config.json")).root())
                .isEqualTo(ConfigFile.read(config).root());
    }

    @Test
    void aQuantisedModelCannotBeTrained() {
        assertThatThrownBy(() -> TrainableEncoder.open("bge-small-q", Device.CPU))
                .isInstanceOf(BadConfig.class)
                .hasMessage("The weights of bge-small-q are quantised and cannot be trained; choose bge-small or "
                        + "minilm.");
    }

    @Test
    void anUnknownNameIsRefused() {
        assertThatThrownBy(() -> TrainableEncoder.open("bge-huge", Device.CPU))
                .isInstanceOf(BadConfig.class)
                .hasMessage("There is no encoder \"bge-huge\" that can be trained; expected bge-small or minilm, or a "
                        + "model's folder.");
    }

    @Test
    void aTokenizerOfAnotherModelIsRefused() throws IOException {
        makeFolder();
        Files.writeString(folder.resolve("tokenizer.json"), "{\"model\": {\"vocab\": [[\"a\", 0], [\"b\", -1]]}}");
        assertThatThrownBy(() -> TrainableEncoder.open(folder.toString(), Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage("The tokenizer " + folder.resolve("tokenizer.json") + " has 2 tokens, the model " + folder
                        + " has a vocabulary of 30522; they do not belong together.");
    }

    @Test
    void anUnknownArchitectureIsRefused() throws IOException {
        makeFolder();
        Path config = folder.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"bert\"", "\"modernbert\""));
        assertThatThrownBy(() -> TrainableEncoder.open(folder.toString(), Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage(config + ": the architecture \"modernbert\" (model_type) is not supported here; supported "
                        + "are bert, roberta, xlm-roberta and camembert.");
    }

    @Test
    void aMissingShardIsRefused() throws IOException {
        makeFolder();
        Files.writeString(folder.resolve("model.safetensors.index.json"), """
                {"metadata": {"total_size": 4},
                 "weight_map": {"embeddings.word_embeddings.weight": "model-00001-of-00002.safetensors"}}""");
        assertThatThrownBy(() -> TrainableEncoder.open(folder.toString(), Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage(
                        "The checkpoint " + folder + " lacks the file model-00001-of-00002.safetensors, which holds "
                                + "1 of its 1 tensors; download it again.");
    }

    @Test
    void aFolderWithoutWeightsIsRefused() throws IOException {
        makeFolder();
        assertThatThrownBy(() -> TrainableEncoder.open(folder.toString(), Device.CPU))
                .isInstanceOf(BadInput.class)
                .hasMessage("The folder " + folder + " has neither model.safetensors nor model.safetensors.index.json; "
                        + "check the path, or download the model's safetensors files.");
    }

    /** A folder of MiniLM with everything but weights. */
    private void makeFolder() throws IOException {
        TrainableSource source = PackagedModel.MINILM.trainable(CacheFolder.path());
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.write(folder.resolve("tokenizer.json"), source.tokenizer());
        Files.writeString(folder.resolve("config.json"), source.config().json().toString());
        Files.writeString(folder.resolve("modules.json"), """
                [{"path": "", "type": "sentence_transformers.models.Transformer"},
                 {"path": "1_Pooling", "type": "sentence_transformers.models.Pooling"}]""");
        Files.writeString(
                folder.resolve("1_Pooling/config.json"),
                "{\"word_embedding_dimension\": 384, \"pooling_mode_mean_tokens\": true}");
        Files.writeString(folder.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 256}");
        Files.writeString(folder.resolve("config_sentence_transformers.json"), "{\"prompts\": {}}");
    }

    private static void assertSameAsOnnxRuntime(String spec, List<String> texts) {
        try (Encoder onnx = Encoders.open(spec);
                TrainableEncoder ours = TrainableEncoder.open(spec, Device.CPU)) {
            for (Role role : Role.values()) {
                assertClose(
                        ours.encode(role, texts).vectors(),
                        onnx.encode(role, texts).vectors());
            }
        }
    }

    private static void train(TrainableEncoder encoder, int steps) {
        Torch.seed(1);
        Parameters parameters = encoder.model().parameters();
        try (AdamW optimiser = AdamW.of(parameters, 2e-4, 0.01)) {
            for (int i = 0; i < steps; i++) {
                step(encoder, parameters, optimiser);
            }
        }
    }

    /** One step of in-batch contrast between the halves of sentences. */
    private static void step(TrainableEncoder encoder, Parameters parameters, AdamW optimiser) {
        List<String> texts = SampleSentences.first(8);
        try (TensorScope _ = new TensorScope()) {
            TokenBatch batch = encoder.tokenize(Role.DOCUMENT, texts);
            Tensor vectors;
            try (Autocast _ = Autocast.bf16(Device.CPU)) {
                vectors = encoder.forward(batch);
            }
            Tensor scores =
                    vectors.narrow(0, 0, 4).matmul(vectors.narrow(0, 4, 4).transpose(0, 1));
            parameters.clearGradients();
            Losses.crossEntropy(scores.div(0.05), Tensors.range(4, Device.CPU)).backward();
            optimiser.step();
        }
    }

    private static void assertSameWeights(Parameters actual, Parameters expected) {
        assertThat(actual.all()).hasSameSizeAs(expected.all());
        for (StoredTensor weight : expected.stored()) {
            StoredTensor same = actual.get(weight.name()).stored(weight.name());
            assertThat(same.data().mismatch(weight.data())).as(weight.name()).isEqualTo(-1);
        }
    }

    private static void assertClose(float[][] actual, float[][] expected) {
        assertThat(largestDifference(actual, expected)).isLessThan(1e-4);
    }

    private static void assertClose(float[] actual, float[] expected, int from, int to) {
        double largest = 0;
        for (int i = from; i < to; i++) {
            largest = Math.max(largest, Math.abs(actual[i] - expected[i]));
        }
        assertThat(largest).isLessThan(1e-4);
    }

    private static double largestDifference(float[][] actual, float[][] expected) {
        assertThat(actual.length).isEqualTo(expected.length);
        double largest = 0;
        for (int i = 0; i < actual.length; i++) {
            for (int d = 0; d < actual[i].length; d++) {
                largest = Math.max(largest, Math.abs(actual[i][d] - expected[i][d]));
            }
        }
        return largest;
    }
}
