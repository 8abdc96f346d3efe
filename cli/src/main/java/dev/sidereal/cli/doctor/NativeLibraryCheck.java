package dev.sidereal.cli.doctor;

import dev.sidereal.model.NativeLibrary;
import java.util.function.Supplier;

/** Whether a native library of the models loads. */
record NativeLibraryCheck(Supplier<NativeLibrary> probe) implements Check {
    @Override
    public Finding examine() {
        NativeLibrary library = probe.get();
        if (library.loaded()) {
            return Finding.ok(library.name(), library.detail());
        }
        return Finding.fail(
                library.name(),
                library.detail(),
                "keyword search works without it; for models use 64-bit Linux (glibc), macOS or Windows, with a"
                        + " temporary folder (" + System.getProperty("java.io.tmpdir")
                        + ") that may hold executable files");
    }
}
