package dev.sidereal.model;

import dev.sidereal.core.error.BadConfig;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where files are kept that can be made again: unpacked models, native libraries, cached vectors. The environment
 * variable {@code SIDEREAL_CACHE}, else {@code $XDG_CACHE_HOME/sidereal}, else {@code ~/.cache/sidereal}.
 */
public final class CacheFolder {
    private CacheFolder() {}

    /** {@return the folder; it need not exist} */
    public static Path path() {
        return resolve(System.getenv(), System.getProperty("user.home", ""));
    }

    /** {@return the folder below it for the vectors of {@link dev.sidereal.model.cache.CachedEncoder}} */
    public static Path vectors() {
        return path().resolve("vectors");
    }

    static Path resolve(Map<String, String> environment, String home) {
        String own = environment.getOrDefault("SIDEREAL_CACHE", "");
        if (!own.isBlank()) {
            return Path.of(own).toAbsolutePath().normalize();
        }
        String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!xdg.isBlank() && Path.of(xdg).isAbsolute()) {
            return Path.of(xdg, "sidereal");
        }
        if (home.isBlank()) {
            throw new BadConfig("There is no home folder to keep the cache in; set SIDEREAL_CACHE to a folder.");
        }
        return Path.of(home, ".cache", "sidereal");
    }
}
