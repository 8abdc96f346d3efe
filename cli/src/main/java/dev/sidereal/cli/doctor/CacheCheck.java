package dev.sidereal.cli.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The folder that the tokenizer library unpacks its native part into. */
record CacheCheck(Path folder) implements Check {
    /** Where that folder is. */
    static Path folder(Map<String, String> environment, String home) {
        String set = environment.get("DJL_CACHE_DIR");
        return set == null || set.isBlank() ? Path.of(home, ".djl.ai") : Path.of(set);
    }

    @Override
    public Finding examine() {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        return Files.isWritable(existing)
                ? Finding.ok("cache folder", folder + " can be written to")
                : Finding.warn(
                        "cache folder",
                        folder + " cannot be written to",
                        "let DJL_CACHE_DIR name a folder of your own for unpacked native libraries");
    }
}
