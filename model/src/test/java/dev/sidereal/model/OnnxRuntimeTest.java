package dev.sidereal.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OnnxRuntimeTest {
    @Test
    void aLongCommandLineDoesNotEndTheJvm() throws Exception {
        Process process = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Load.class.getName(),
                        "a long query ".repeat(5_000)))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        assertThat(output).contains("loaded, version 1.");
    }

    static final class Load {
        private Load() {}

        static void main() {
            System.out.println(NativeLibrary.onnxRuntime().detail());
        }
    }
}
