package dev.sidereal.cli.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The processor and those of its features that make encoding and search fast.
 *
 * @param cpuinfo Linux's description of the processor; need not exist
 * @param processors how many the JVM may use
 */
record CpuCheck(Path cpuinfo, int processors) implements Check {
    private static final List<String> FEATURES = List.of(
            "avx2",
            "fma",
            "avx512f",
            "avx_vnni",
            "avx512_vnni",
            "avx512_bf16",
            "amx_int8",
            "amx_bf16",
            "asimd",
            "asimddp",
            "i8mm",
            "sve");

    @Override
    public Finding examine() {
        String model = System.getProperty("os.arch");
        List<String> features = new ArrayList<>();
        for (String line : lines()) {
            int colon = line.indexOf(':');
            if (colon < 0) {
                continue;
            }
            String key = line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            switch (key) {
                case "model name" -> model = value;
                case "flags", "Features" -> {
                    Set<String> flags = Set.of(value.split("\\s+"));
                    FEATURES.stream().filter(flags::contains).forEach(features::add);
                }
                default -> {}
            }
        }
        String found = model + ", " + processors + (processors == 1 ? " processor" : " processors")
                + (features.isEmpty() ? "" : ", " + String.join(" ", features));
        boolean intel = "amd64".equals(System.getProperty("os.arch"));
        if (intel && !features.isEmpty() && !features.contains("avx2")) {
            return Finding.warn("cpu", found, "without AVX2 encoding and dense search are several times slower");
        }
        return Finding.ok("cpu", found);
    }

    /** The first processor's block; the others repeat it. */
    private List<String> lines() {
        try {
            List<String> all = Files.readAllLines(cpuinfo, StandardCharsets.UTF_8);
            int end = all.indexOf("");
            return end < 0 ? all : all.subList(0, end);
        } catch (IOException e) {
            return List.of();
        }
    }
}
