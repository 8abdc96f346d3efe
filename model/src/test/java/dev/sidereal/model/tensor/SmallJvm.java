package dev.sidereal.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Runs a loop in a JVM of its own with a heap of 64 MB, so that what the process holds is the doing of native code. */
public final class SmallJvm {
    private static final Path STATM = Path.of("/proc/self/statm");
    private static final long PAGE = 4096;

    private SmallJvm() {}

    /** {@return by how many bytes the program says that its memory grew} */
    public static long growth(Class<?> program) {
        assumeTrue(Files.exists(STATM), "only Linux tells what a process holds");
        try {
            Process process = new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx64m",
                            "--add-modules",
                            "jdk.incubator.vector",
                            "--enable-native-access=ALL-UNNAMED",
                            "-cp",
                            System.getProperty("java.class.path"),
                            program.getName()))
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(output).isZero();
            return Long.parseLong(output.strip().lines().toList().getLast());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The program's part: runs the step 2,000 times after as many to warm up, and prints the growth. */
    public static void report(Runnable step) throws IOException {
        for (int i = 0; i < 2_000; i++) {
            step.run();
        }
        long before = resident();
        for (int i = 0; i < 2_000; i++) {
            step.run();
        }
        System.out.println(resident() - before);
    }

    private static long resident() throws IOException {
        return Long.parseLong(Files.readString(STATM).split(" ")[1]) * PAGE;
    }
}
