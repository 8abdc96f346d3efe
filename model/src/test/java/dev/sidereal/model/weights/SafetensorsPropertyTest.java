package dev.sidereal.model.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterContainer;

class SafetensorsPropertyTest {
    private static final Path FILE = ScratchFile.named("random.safetensors");

    @AfterContainer
    static void removeFile() throws IOException {
        ScratchFile.remove(FILE);
    }

    @Property(tries = 200)
    void everyTensorComesBackAsItWas(@ForAll("tensors") List<StoredTensor> tensors) {
        write(tensors);
        try (Safetensors read = Safetensors.open(FILE)) {
            assertThat(read.names())
                    .containsExactlyInAnyOrderElementsOf(
                            tensors.stream().map(StoredTensor::name).toList());
            for (StoredTensor tensor : tensors) {
                StoredTensor back = read.tensor(tensor.name());
                assertThat(back.type()).isEqualTo(tensor.type());
                assertThat(back.shape()).isEqualTo(tensor.shape());
                assertThat(back.data().mismatch(tensor.data())).isEqualTo(-1);
            }
        }
    }

    @Property(tries = 1000)
    void aDamagedFileGivesASentenceOrReadsWhole(
            @ForAll("tensors") List<StoredTensor> tensors,
            @ForAll @IntRange(min = 1, max = 4) int damages,
            @ForAll boolean cut,
            @ForAll long seed)
            throws IOException {
        write(tensors);
        byte[] bytes = Files.readAllBytes(FILE);
        Random random = new Random(seed);
        for (int i = 0; i < damages; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Files.write(FILE, cut ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        try (Safetensors read = Safetensors.open(FILE)) {
            long total = 0;
            for (String name : read.names()) {
                total += SafetensorsTest.bytes(read.tensor(name)).length;
            }
            assertThat(total).isLessThan(bytes.length);
        } catch (BadInput e) {
            assertThat(e).hasMessageStartingWith("The safetensors file " + FILE).hasMessageEndingWith("again.");
        }
    }

    private static void write(List<StoredTensor> tensors) {
        SafetensorsWriter writer = new SafetensorsWriter();
        tensors.forEach(writer::add);
        writer.write(FILE);
    }

    @Provide
    Arbitrary<List<StoredTensor>> tensors() {
        Arbitrary<String> names = Arbitraries.strings()
                .ofMaxLength(12)
                .filter(name -> StandardCharsets.UTF_8.newEncoder().canEncode(name));
        Arbitrary<List<Long>> shapes = Arbitraries.longs().between(0, 5).list().ofMaxSize(4);
        Arbitrary<StoredType> types = Arbitraries.of(StoredType.class);
        return Combinators.combine(names, types, shapes, Arbitraries.longs())
                .as(SafetensorsPropertyTest::random)
                .list()
                .ofMaxSize(6)
                .uniqueElements(StoredTensor::name)
                .map(ArrayList::new);
    }

    private static StoredTensor random(String name, StoredType type, List<Long> shape, long seed) {
        byte[] bytes = new byte[Math.toIntExact(Shapes.bytes(type, shape))];
        new Random(seed).nextBytes(bytes);
        return SafetensorsTest.raw(name, type, shape, bytes);
    }
}
