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
import net.jqwik.api.lifecycle.BeforeContainer;

class SafetensorsPropertyTest {
    private static Path folder;

    @BeforeContainer
    static void makeFolder() throws IOException {
        folder = Files.createTempDirectory("safetensors");
    }

    @AfterContainer
    static void removeFolder() throws IOException {
        try (var files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 200)
    void everyTensorComesBackAsItWas(@ForAll("tensors") List<StoredTensor> tensors) {
        Path file = written(tensors);
        try (Safetensors read = Safetensors.open(file)) {
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
        Path file = written(tensors);
        byte[] bytes = Files.readAllBytes(file);
        Random random = new Random(seed);
        for (int i = 0; i < damages; i++) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        Files.write(file, cut ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
        try (Safetensors read = Safetensors.open(file)) {
            long total = 0;
            for (String name : read.names()) {
                total += SafetensorsTest.bytes(read.tensor(name)).length;
            }
            assertThat(total).isLessThan(bytes.length);
        } catch (BadInput e) {
            assertThat(e).hasMessageStartingWith("The safetensors file " + file).hasMessageEndingWith("again.");
        }
    }

    private static Path written(List<StoredTensor> tensors) {
        Path file = folder.resolve("random.safetensors");
        SafetensorsWriter writer = new SafetensorsWriter();
        tensors.forEach(writer::add);
        writer.write(file);
        return file;
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
