package dev.sidereal.model;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.server.ServerEncoder;
import dev.sidereal.model.server.ServerSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Opens an encoder by the way a user writes it: a packaged model's name, a folder, a server's address. */
public final class Encoders {
    private Encoders() {}

    /** {@return the names of the models that come with Sidereal} */
    public static List<String> names() {
        return Arrays.stream(PackagedModel.values()).map(PackagedModel::spec).toList();
    }

    /**
     * Opens an encoder; the caller closes it.
     *
     * @param spec one of {@link #names()}; or a folder in the sentence-transformers layout with an ONNX export; or
     *     {@code http(s)://host[:port][/path]#model} of a server that speaks OpenAI's embeddings API, with the key, if
     *     it wants one, in the environment variable {@code SIDEREAL_EMBEDDING_KEY}
     * @throws BadConfig if the spec is none of these
     * @throws dev.sidereal.core.error.BadInput if a model's file is missing or wrong
     * @throws dev.sidereal.core.error.Unavailable if a server does not answer or a model cannot be unpacked
     */
    public static Encoder open(String spec) {
        if (spec.startsWith("http://") || spec.startsWith("https://")) {
            return ServerEncoder.open(ServerSettings.of(spec, System.getenv()));
        }
        return LocalEncoder.open(local(spec));
    }

    /** Finds an encoder that runs in this process, without opening it. */
    static ModelSource local(String spec) {
        var packaged = PackagedModel.named(spec);
        if (packaged.isPresent()) {
            return packaged.get().source(CacheFolder.path());
        }
        if (Files.isDirectory(Path.of(spec))) {
            return ModelFolder.read(spec, Path.of(spec));
        }
        throw new BadConfig("There is no encoder \"" + spec + "\"; expected one of " + String.join(", ", names())
                + ", a model's folder, or http(s)://host#model.");
    }
}
