package dev.sidereal.model.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.TruncationReport;
import dev.sidereal.model.cache.CachedEncoder.Statistics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedEncoderTest {
    @TempDir
    private Path folder;

    @Test
    void aTextIsEncodedOnceAcrossOpens() {
        Counting counting = new Counting("f");
        try (CachedEncoder encoder = CachedEncoder.open(counting, folder)) {
            assertThat(encoder.encode(Role.QUERY, List.of("a", "bb", "a")).vectors())
                    .isDeepEqualTo(new float[][] {{1, 'Q'}, {2, 'Q'}, {1, 'Q'}});
            assertThat(encoder.statistics()).isEqualTo(new Statistics(1, 2, 2));
        }
        try (CachedEncoder encoder = CachedEncoder.open(counting, folder)) {
            assertThat(encoder.encode(Role.QUERY, List.of("bb", "ccc", "a")).vectors())
                    .isDeepEqualTo(new float[][] {{2, 'Q'}, {3, 'Q'}, {1, 'Q'}});
            assertThat(encoder.statistics()).isEqualTo(new Statistics(2, 1, 3));
        }
        assertThat(counting.read).containsExactly("a", "bb", "ccc");
    }

    @Test
    void rolesAndEncodersAreKeptApart() {
        Counting one = new Counting("one");
        Counting two = new Counting("two");
        for (Encoder inner : List.of(one, two)) {
            try (CachedEncoder encoder = CachedEncoder.open(inner, folder)) {
                assertThat(encoder.encode(Role.QUERY, List.of("a")).vectors()).isDeepEqualTo(new float[][] {{1, 'Q'}});
                assertThat(encoder.encode(Role.DOCUMENT, List.of("a")).vectors())
                        .isDeepEqualTo(new float[][] {{1, 'D'}});
            }
        }
        assertThat(one.read).hasSize(2);
        assertThat(two.read).hasSize(2);
    }

    @Test
    void cutTextsAreCountedFromTheCacheToo() {
        for (int open = 0; open < 2; open++) {
            try (CachedEncoder encoder = CachedEncoder.open(new Counting("f"), folder)) {
                var made = encoder.encode(Role.QUERY, List.of("short", "x".repeat(20), "y".repeat(10), "z".repeat(11)));
                assertThat(made.truncated()).isEqualTo(2);
                assertThat(made.tokens()).isEqualTo(open == 0 ? 46 : 0);
            }
        }
    }

    @Test
    void aCallerMayWriteIntoItsVectors() {
        try (CachedEncoder encoder = CachedEncoder.open(new Counting("f"), folder)) {
            float[][] vectors = encoder.encode(Role.QUERY, List.of("a", "a")).vectors();
            vectors[0][0] = 99;
            assertThat(vectors[1][0]).isEqualTo(1);
            assertThat(encoder.encode(Role.QUERY, List.of("a")).vectors()[0][0]).isEqualTo(1);
        }
    }

    /** A writer killed at any byte of a record costs that record only, and what is written next is whole. */
    @Test
    void aTornTailIsCutAtEveryByte() throws IOException {
        Path file = filled(folder, 3);
        byte[] whole = Files.readAllBytes(file);
        int record = new RecordLayout(2).size();
        for (int length = whole.length - record; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertReads(3, 1, "kept " + length + " bytes");
            assertThat(file).as("kept %d bytes", length).hasBinaryContent(whole);
        }
    }

    @Test
    void aTornHeaderIsWrittenAgain() throws IOException {
        Path file = filled(folder, 1);
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < RecordLayout.HEADER; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertReads(1, 1, "kept " + length + " bytes");
            assertThat(file).hasBinaryContent(whole);
        }
    }

    @Test
    void aFlippedBitAnywhereIsFoundAndComputedAgain() throws IOException {
        Path file = filled(folder, 3);
        byte[] whole = Files.readAllBytes(file);
        for (int at = RecordLayout.HEADER; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 16;
            Files.write(file, damaged);
            assertReads(3, 1, "damaged byte " + at);
        }
    }

    @Test
    void twoWritersHoldAFileEachAndTheNextReadsBoth() throws IOException {
        Counting counting = new Counting("f");
        try (CachedEncoder first = CachedEncoder.open(counting, folder);
                CachedEncoder second = CachedEncoder.open(counting, folder)) {
            first.encode(Role.QUERY, texts(0, 3));
            second.encode(Role.QUERY, texts(3, 6));
            first.encode(Role.QUERY, texts(6, 9));
        }
        assertReads(9, 0, "after two writers");
        try (var files = Files.list(folder.resolve("f"))) {
            assertThat(files).hasSize(2);
        }
    }

    /** Another process that never closes its file. */
    @Test
    void aKilledProcessLeavesWhatItWrote() throws Exception {
        Process writer = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        try (CachedEncoder beside = CachedEncoder.open(new Counting("f"), folder);
                var lines = writer.inputReader()) {
            assertThat(lines.readLine()).isEqualTo("written");
            beside.encode(Role.QUERY, texts(50, 60));
        } finally {
            writer.destroyForcibly().waitFor();
        }
        assertReads(60, 0, "after the kill");
    }

    @Test
    void manyThreadsShareOneCache() throws Exception {
        Counting counting = new Counting("f");
        try (CachedEncoder encoder = CachedEncoder.open(counting, folder);
                var threads = Executors.newFixedThreadPool(4)) {
            List<Callable<float[][]>> calls = IntStream.range(0, 40)
                    .<Callable<float[][]>>mapToObj(i ->
                            () -> encoder.encode(Role.QUERY, texts(i, i + 100)).vectors())
                    .toList();
            List<Future<float[][]>> results = threads.invokeAll(calls);
            for (int i = 0; i < results.size(); i++) {
                assertThat(results.get(i).get())
                        .isDeepEqualTo(new Counting("f")
                                .encode(Role.QUERY, texts(i, i + 100))
                                .vectors());
            }
        }
        assertReads(139, 0, "after the threads");
    }

    @Test
    void aFolderThatCannotBeWrittenIsUnavailable() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> CachedEncoder.open(new Counting("f"), file))
                .isInstanceOf(Unavailable.class)
                .hasMessageStartingWith("The vector cache " + file.resolve("f") + " cannot be used (")
                .hasMessageEndingWith("; make room there, or set SIDEREAL_CACHE to a folder that can be written.");
    }

    private void assertReads(int texts, int missing, String when) {
        Counting counting = new Counting("f");
        try (CachedEncoder encoder = CachedEncoder.open(counting, folder)) {
            assertThat(encoder.encode(Role.QUERY, texts(0, texts)).vectors())
                    .as(when)
                    .isDeepEqualTo(new Counting("f")
                            .encode(Role.QUERY, texts(0, texts))
                            .vectors());
        }
        assertThat(counting.read).as(when).hasSize(missing);
    }

    private static Path filled(Path folder, int texts) throws IOException {
        try (CachedEncoder encoder = CachedEncoder.open(new Counting("f"), folder)) {
            encoder.encode(Role.QUERY, texts(0, texts));
        }
        try (var files = Files.list(folder.resolve("f"))) {
            return files.findFirst().orElseThrow();
        }
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "t" + "i".repeat(i)).toList();
    }

    /** Writes fifty vectors, says so, and waits to be killed. */
    static final class Writer {
        public static void main(String[] args) throws Exception {
            CachedEncoder encoder = CachedEncoder.open(new Counting("f"), Path.of(args[0]));
            encoder.encode(Role.QUERY, texts(0, 50));
            System.out.println("written");
            Thread.sleep(60_000);
        }
    }

    /** A text's vector is its length and its role; over ten characters it counts as cut. */
    private static final class Counting implements Encoder, TruncationReport {
        final List<String> read = new ArrayList<>();
        private final String fingerprint;

        Counting(String fingerprint) {
            this.fingerprint = fingerprint;
        }

        @Override
        public EncoderCard card() {
            return new EncoderCard("counting", fingerprint, 2, 10, false);
        }

        @Override
        public synchronized Embeddings encode(Role role, List<String> texts) {
            read.addAll(texts);
            return new Embeddings(
                    texts.stream()
                            .map(text -> new float[] {text.length(), role.name().charAt(0)})
                            .toArray(float[][]::new),
                    texts.stream().mapToLong(String::length).sum(),
                    truncated(role, texts).cardinality());
        }

        @Override
        public BitSet truncated(Role role, List<String> texts) {
            BitSet cut = new BitSet();
            IntStream.range(0, texts.size())
                    .filter(i -> texts.get(i).length() > 10)
                    .forEach(cut::set);
            return cut;
        }

        @Override
        public void close() {}
    }
}
