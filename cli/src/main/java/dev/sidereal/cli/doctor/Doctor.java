package dev.sidereal.cli.doctor;

import dev.sidereal.model.NativeFiles;
import dev.sidereal.model.NativeLibrary;
import java.nio.file.Path;
import java.util.List;

/** All checks, in the order in which they are shown. */
public final class Doctor {
    private final List<Check> checks;

    Doctor(List<Check> checks) {
        this.checks = List.copyOf(checks);
    }

    /** {@return the checks of the machine and the process that this runs in} */
    public static Doctor ofThisMachine() {
        Path proc = Path.of("/proc");
        return new Doctor(List.of(
                new JavaCheck(Runtime.version()),
                new FlagsCheck(System.getProperties(), Doctor.class.getModule().isNativeAccessEnabled()),
                new EnvironmentCheck(System.getenv()),
                new VectorCheck(),
                new CpuCheck(proc.resolve("cpuinfo"), Runtime.getRuntime().availableProcessors()),
                new NativeLibraryCheck(NativeLibrary::onnxRuntime),
                new NativeLibraryCheck(NativeLibrary::tokenizers),
                new NativeLibraryCheck(NativeLibrary::oneDnn),
                new TorchCheck(NativeFiles.folder(), new NativeLibraryCheck(NativeLibrary::torch)),
                new MemoryCheck(Memory.ofThisProcess()),
                new DiskCheck("disk here", Path.of("")),
                new DiskCheck("disk temporary", Path.of(System.getProperty("java.io.tmpdir"))),
                new CacheCheck(CacheCheck.folder(System.getenv(), System.getProperty("user.home")))));
    }

    /** {@return one finding a check} */
    public List<Finding> examine() {
        return checks.stream().map(Check::examine).toList();
    }
}
