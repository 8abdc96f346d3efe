package dev.sidereal.core.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelChoiceTest {
    @Test
    void takesTheVectorApiWhereItIs() {
        assertThat(Vectors.isSimd()).isTrue();
        assertThat(Vectors.kernels()).startsWith("simd");
    }

    @Test
    void worksWithoutTheModuleAndDoesNotLoadWhatNeedsIt() throws Exception {
        String output = run("-verbose:class");

        assertThat(output).contains("kernels=scalar simd=false dot=32.0");
        assertThat(output).contains(ScalarKernels.class.getName()).doesNotContain(SimdKernels.class.getName());
    }

    @Test
    void worksWithTheModuleInTheSameProgram() throws Exception {
        assertThat(run("--add-modules=jdk.incubator.vector")).contains("simd=true dot=32.0");
    }

    /** Runs {@link Probe} in a JVM of its own. */
    private static String run(String option) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), option));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    static final class Probe {
        private Probe() {}

        public static void main(String[] args) {
            float dot = Vectors.dot(new float[] {1, 2, 3}, new float[] {4, 5, 6});
            System.out.println("kernels=" + Vectors.kernels() + " simd=" + Vectors.isSimd() + " dot=" + dot);
        }
    }
}
