package dev.sidereal.cli;

import java.nio.file.Path;

/** Where this Sidereal lives on the disk. */
final class Installation {
    private Installation() {}

    /** {@return the folder of the shipped samples: the launcher names its own root, else the working folder} */
    static Path samples() {
        return Path.of(System.getProperty("sidereal.home", "")).resolve("samples");
    }
}
