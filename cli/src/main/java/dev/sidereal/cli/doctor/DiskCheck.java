package dev.sidereal.cli.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Room on the disk of a folder that Sidereal writes to. */
record DiskCheck(String name, Path folder) implements Check {
    private static final long ENOUGH = 2L << 30;

    @Override
    public Finding examine() {
        Path place = folder.toAbsolutePath();
        if (!Files.isWritable(place)) {
            return Finding.warn(name, place + " cannot be written to", "run from, or write to, a folder of your own");
        }
        try {
            long usable = Files.getFileStore(place).getUsableSpace();
            String found = Sizes.bytes(usable) + " free in " + place;
            return usable < ENOUGH
                    ? Finding.warn(name, found, "make room: an index is written beside the one it replaces")
                    : Finding.ok(name, found);
        } catch (IOException e) {
            return Finding.warn(name, "cannot tell the room in " + place + ": " + e.getMessage(), "see that it exists");
        }
    }
}
