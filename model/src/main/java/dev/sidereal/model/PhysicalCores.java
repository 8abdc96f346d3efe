package dev.sidereal.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** How many cores the process may use, hyper-threads counted once: matrix products gain nothing from the second. */
final class PhysicalCores {
    private static final Path CPUS = Path.of("/sys/devices/system/cpu");

    private PhysicalCores() {}

    static int count() {
        return count(CPUS, Runtime.getRuntime().availableProcessors());
    }

    /**
     * Cores by Linux' list of hyper-thread siblings, never more than the processors that Java was given (a container's
     * share); without such a list, those.
     */
    static int count(Path cpus, int available) {
        Set<String> siblings = new HashSet<>();
        try (var folders = Files.newDirectoryStream(cpus, "cpu[0-9]*")) {
            for (Path cpu : folders) {
                Path list = cpu.resolve("topology/thread_siblings_list");
                if (Files.isReadable(list)) {
                    siblings.add(Files.readString(list).strip());
                }
            }
        } catch (IOException e) {
            return available;
        }
        return siblings.isEmpty() ? available : Math.min(siblings.size(), available);
    }
}
