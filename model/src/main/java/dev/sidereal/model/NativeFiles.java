package dev.sidereal.model;

import dev.sidereal.core.error.Unavailable;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.Loader;

/** Unpacks the native libraries that come as JavaCPP's jars, below our cache folder. Thread-safe. */
public final class NativeFiles {
    private NativeFiles() {}

    /** {@return where libraries are unpacked} */
    public static Path folder() {
        setUnlessSet(
                "org.bytedeco.javacpp.cachedir",
                CacheFolder.path().resolve("native").resolve("javacpp").toString());
        return Path.of(System.getProperty("org.bytedeco.javacpp.cachedir"));
    }

    /**
     * Unpacks all files of a library that are on the class path. All of them before any is loaded: a file that stands
     * alone finds the parts of another installed one.
     *
     * @param library {@code pytorch} or {@code dnnl}
     * @return the folders they lie in
     * @throws Unavailable if they are not on the class path or cannot be unpacked
     */
    public static synchronized List<Path> unpack(String library) {
        folder();
        // Without limits of its own: JavaCPP would collect garbage, and at last fail, at a multiple of the Java heap.
        setUnlessSet("org.bytedeco.javacpp.maxBytes", "0");
        setUnlessSet("org.bytedeco.javacpp.maxPhysicalBytes", "0");
        List<Path> folders = new ArrayList<>();
        try {
            for (String variant : new String[] {"", "-gpu"}) {
                String resources = resources(library, variant);
                if (NativeFiles.class.getResource(resources) != null) {
                    for (File folder : Loader.cacheResources(resources)) {
                        folders.add(folder.toPath());
                    }
                }
            }
        } catch (IOException e) {
            throw new Unavailable(
                    "The library " + library + " cannot be unpacked below " + folder() + " (" + e
                            + "): make room there, or set SIDEREAL_CACHE to a folder that can be written.",
                    e);
        }
        if (folders.isEmpty()) {
            throw new Unavailable("The library " + library + " is not on the class path; add org.bytedeco:" + library
                    + " with the classifier " + Loader.getPlatform() + ".");
        }
        return folders;
    }

    /** {@return whether a library's files for graphics cards are on the class path} */
    public static boolean forGpu(String library) {
        return NativeFiles.class.getResource(resources(library, "-gpu")) != null;
    }

    private static String resources(String library, String variant) {
        return "/org/bytedeco/" + library + "/" + Loader.getPlatform() + variant + "/";
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
