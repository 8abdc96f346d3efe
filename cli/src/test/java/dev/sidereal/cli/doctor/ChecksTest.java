package dev.sidereal.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.cli.doctor.Finding.Status;
import dev.sidereal.model.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChecksTest {
    private static final long GB = 1L << 30;

    @Test
    void anOldJavaFailsAndANewerOneWarns() {
        assertThat(new JavaCheck(Runtime.Version.parse("21.0.4+7")).examine().status())
                .isEqualTo(Status.FAIL);
        assertThat(new JavaCheck(Runtime.Version.parse("25.0.1")).examine().status())
                .isEqualTo(Status.OK);
        assertThat(new JavaCheck(Runtime.Version.parse("26-ea")).examine().status())
                .isEqualTo(Status.WARN);
    }

    @Test
    void missingJvmOptionsAreNamed() {
        assertThat(new FlagsCheck(new Properties(), true).examine())
                .isEqualTo(Finding.warn(
                        "jvm options",
                        "access through sun.misc.Unsafe draws warnings",
                        "start through ./sidereal, or add --sun-misc-unsafe-memory-access=allow"));
        assertThat(new FlagsCheck(new Properties(), false).examine().advice())
                .endsWith("add --enable-native-access=ALL-UNNAMED");
    }

    @Test
    void missingEnvironmentIsNamed() {
        Finding finding = new EnvironmentCheck(Map.of("OMP_WAIT_POLICY", "PASSIVE")).examine();
        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.found()).isEqualTo("not set: OPENBLAS_NUM_THREADS=1");
    }

    @Test
    void anInactiveVectorModuleWarnsWithTheOptionToAdd() {
        assertThat(new VectorCheck(0).examine().advice()).endsWith("add --add-modules jdk.incubator.vector");
        assertThat(new VectorCheck(64).examine().status()).isEqualTo(Status.WARN);
        assertThat(new VectorCheck(256).examine().found()).isEqualTo("jdk.incubator.vector is active, 256 bits wide");
    }

    @Test
    void theProcessorIsReadFromItsFirstBlock(@TempDir Path folder) throws IOException {
        Path cpuinfo = Files.writeString(folder.resolve("cpuinfo"), """
                processor\t: 0
                model name\t: Example CPU @ 2.00GHz
                flags\t\t: fpu sse2 avx2 fma avx512f

                processor\t: 1
                model name\t: Another CPU
                """);
        assertThat(new CpuCheck(cpuinfo, 2).examine().found())
                .isEqualTo("Example CPU @ 2.00GHz, 2 processors, avx2 fma avx512f");
    }

    @Test
    void withoutADescriptionTheProcessorIsNamedByItsArchitecture(@TempDir Path folder) {
        assertThat(new CpuCheck(folder.resolve("none"), 1).examine())
                .isEqualTo(Finding.ok("cpu", System.getProperty("os.arch") + ", 1 processor"));
    }

    @Test
    void aHeapThatLeavesNoRoomWarns() {
        assertThat(new MemoryCheck(new Memory(16 * GB, 9 * GB, 8 * GB)).examine())
                .isEqualTo(Finding.ok("memory", "heap limit 8.0 GB of 16.0 GB, 9.0 GB free"));
        assertThat(new MemoryCheck(new Memory(16 * GB, 9 * GB, 15 * GB))
                        .examine()
                        .advice())
                .isEqualTo("leave a quarter to models and the file cache: lower -Xmx in SIDEREAL_JAVA_OPTS");
        assertThat(new MemoryCheck(new Memory(GB, GB / 2, GB / 2)).examine().found())
                .isEqualTo("heap limit 512 MB of 1.0 GB, 512 MB free");
    }

    @Test
    void aNativeLibraryThatDoesNotLoadFails() {
        Finding finding = new NativeLibraryCheck(
                        () -> new NativeLibrary("onnxruntime", false, "cannot be loaded: libgomp.so.1 is missing"))
                .examine();
        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.found()).isEqualTo("cannot be loaded: libgomp.so.1 is missing");
        assertThat(finding.advice()).startsWith("keyword search works without it");
    }

    @Test
    void theCacheFolderIsWhatTheEnvironmentSays(@TempDir Path folder) {
        assertThat(CacheCheck.folder(Map.of(), "/home/ann")).isEqualTo(Path.of("/home/ann", ".djl.ai"));
        Path set =
                CacheCheck.folder(Map.of("DJL_CACHE_DIR", folder.resolve("a/b").toString()), "/home/ann");
        assertThat(set).isEqualTo(folder.resolve("a/b"));
        assertThat(new CacheCheck(set).examine().status()).isEqualTo(Status.OK);
    }

    @Test
    void aFolderThatCannotBeWrittenToWarns(@TempDir Path folder) {
        assertThat(new DiskCheck("disk", folder.resolve("none")).examine().status())
                .isEqualTo(Status.WARN);
    }
}
