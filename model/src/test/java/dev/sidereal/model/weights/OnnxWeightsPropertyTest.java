package dev.sidereal.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

class OnnxWeightsPropertyTest {
    private static final Path FILE = ScratchFile.named("damaged.onnx");

    @AfterContainer
    static void removeFile() throws IOException {
        ScratchFile.remove(FILE);
    }

    @Property(tries = 1000)
    void aDamagedFileGivesASentenceOrReadsWhole(
            @ForAll @IntRange(min = 1, max = 4) int damages, @ForAll boolean cut, @ForAll long seed)
            throws IOException {
        byte[] bytes = new ProtoBytes()
                .number(1, 6)
                .message(7, OnnxWeightsTest.graph())
                .toBytes();
        Random random = new Random(seed);
        for (int i = 0; i < damages; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Files.write(FILE, cut ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        try (OnnxWeights weights = OnnxWeights.open(FILE)) {
            for (String name : weights.names()) {
                assertThat(weights.tensor(name).data().byteSize()).isLessThan(8L * bytes.length);
            }
        } catch (BadInput e) {
            assertThat(e).hasMessageContaining(FILE.toString());
        }
    }
}
