package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoraTest {
    private static final Lora.Settings SETTINGS = new Lora.Settings(2, 4, 0, List.of("query", "value"));

    private final Parameters base = new Parameters();
    private final List<Linear> maps = List.of(map("layer.0.query"), map("layer.0.key"), map("layer.0.value"));

    @TempDir
    private Path folder;

    @AfterEach
    void end() {
        base.close();
    }

    @Test
    void aFreshChangeChangesNothingAndTakesOnlyItsTargets() {
        float[] before = output();
        try (Lora lora = Lora.attach(maps, SETTINGS)) {
            assertThat(output()).containsExactly(before);
            assertThat(lora.parameters().all())
                    .containsOnlyKeys(
                            "base_model.model.layer.0.query.lora_A.weight",
                            "base_model.model.layer.0.query.lora_B.weight",
                            "base_model.model.layer.0.value.lora_A.weight",
                            "base_model.model.layer.0.value.lora_B.weight");
            lora.detach();
        }
    }

    @Test
    void trainingMovesTheChangesAndLeavesTheWeights() {
        float[] before = output();
        float[] weight = base.get("layer.0.query.weight").floats();
        try (Lora lora = trained()) {
            assertThat(output()).isNotEqualTo(before);
            assertThat(base.get("layer.0.query.weight").floats()).containsExactly(weight);
            lora.detach();
            assertThat(output()).containsExactly(before);
        }
    }

    @Test
    void aMergedChangeGivesTheSameAndCanBeTakenBackExactly() {
        try (Lora lora = trained()) {
            float[] beside = output();
            float[] weight = base.get("layer.0.query.weight").floats();
            lora.merge();
            float[] merged = output();
            for (int i = 0; i < merged.length; i++) {
                assertThat(merged[i]).isCloseTo(beside[i], org.assertj.core.data.Offset.offset(1e-5f));
            }
            assertThat(base.get("layer.0.query.weight").floats()).isNotEqualTo(weight);
            lora.unmerge();
            assertThat(base.get("layer.0.query.weight").floats()).containsExactly(weight);
            lora.detach();
        }
    }

    @Test
    void aSavedChangeLoadsBitByBitInTheLayoutOfPeft() throws IOException {
        float[] expected;
        try (Lora lora = trained()) {
            expected = output();
            lora.save(folder, "tiny");
            lora.detach();
        }
        try (Lora lora = Lora.load(folder, maps)) {
            assertThat(output()).containsExactly(expected);
            assertThat(lora.settings()).isEqualTo(SETTINGS);
            lora.detach();
        }
        assertThat(Files.readString(folder.resolve("adapter_config.json")))
                .contains("\"peft_type\" : \"LORA\"", "\"r\" : 2", "\"lora_alpha\" : 4.0");
        try (Safetensors file = Safetensors.open(folder.resolve("adapter_model.safetensors"))) {
            assertThat(file.tensor("base_model.model.layer.0.value.lora_A.weight")
                            .shape())
                    .containsExactly(2L, 4L);
            assertThat(file.tensor("base_model.model.layer.0.value.lora_B.weight")
                            .shape())
                    .containsExactly(3L, 2L);
        }
    }

    @Test
    void aRankStabilisedChangeIsScaledByTheRootOfItsRank() throws IOException {
        try (Lora lora = trained()) {
            lora.save(folder, "tiny");
            lora.detach();
        }
        Path config = folder.resolve("adapter_config.json");
        Files.writeString(config, Files.readString(config).replace("\"use_rslora\" : false", "\"use_rslora\" : true"));
        try (Lora lora = Lora.load(folder, maps)) {
            LowRank change = maps.getFirst().lowRank();
            assertThat(change).isNotNull();
            assertThat(java.util.Objects.requireNonNull(change).scale())
                    .isCloseTo(4 / Math.sqrt(2), org.assertj.core.data.Offset.offset(1e-12));
            lora.detach();
        }
    }

    @Test
    void aTargetThatNamesNoMapIsRefused() {
        assertThatThrownBy(() -> Lora.attach(maps, new Lora.Settings(2, 4, 0, List.of("query", "q_proj"))))
                .isInstanceOf(BadConfig.class)
                .hasMessage("No linear map of the model is named \"q_proj\"; its maps are named [query, key, value].");
        assertThat(maps).allMatch(map -> map.lowRank() == null);
    }

    @Test
    void changesOfAnotherModelAreRefusedAndNoneIsLeftBehind() {
        try (Lora lora = trained()) {
            lora.save(folder, "tiny");
            lora.detach();
        }
        assertThatThrownBy(() -> Lora.load(folder, maps.subList(0, 1)))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("adapter_model.safetensors")
                        + " changes base_model.model.layer.0.value, which the model does not have; it was trained for "
                        + "another model.");
        assertThat(maps).allMatch(map -> map.lowRank() == null);
    }

    @Test
    void changesOfAnotherKindAreRefused() throws IOException {
        Files.writeString(folder.resolve("adapter_config.json"), "{\"peft_type\": \"LORA\", \"use_dora\": true}");
        assertThatThrownBy(() -> Lora.load(folder, maps))
                .isInstanceOf(BadInput.class)
                .hasMessage(folder.resolve("adapter_config.json") + ": supported are changes of peft_type LORA without "
                        + "DoRA, biases, fan_in_fan_out and patterns of ranks or alphas; train the adapter anew "
                        + "without them.");
    }

    private Lora trained() {
        Torch.seed(9);
        base.freeze(_ -> true);
        Lora lora = Lora.attach(maps, SETTINGS);
        try (AdamW optimiser = AdamW.of(lora.parameters(), 0.1, 0)) {
            for (int i = 0; i < 3; i++) {
                try (TensorScope _ = new TensorScope()) {
                    lora.parameters().clearGradients();
                    forward().pow(2).sum().backward();
                    optimiser.step();
                }
            }
        }
        return lora;
    }

    private float[] output() {
        try (TensorScope _ = new TensorScope()) {
            return forward().floats();
        }
    }

    private Tensor forward() {
        Tensor x = Tensors.of(new float[] {1, -1, 2, 0.5f}, 1, 4);
        return Tensors.cat(0, maps.stream().map(map -> map.forward(x)).toList());
    }

    private Linear map(String name) {
        Torch.seed(name.length());
        base.add(name + ".weight", Tensors.normal(1, DType.F32, Device.CPU, 3, 4));
        return Linear.of(base, name);
    }
}
