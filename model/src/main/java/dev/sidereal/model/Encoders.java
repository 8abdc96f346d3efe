package dev.sidereal.model;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.server.Endpoint;
import dev.sidereal.model.server.ServerEncoder;
import dev.sidereal.model.server.ServerSettings;
import dev.sidereal.model.tensor.Device;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens an encoder by the way a user writes it: a packaged model's name, a folder, a server's address. */
public final class Encoders {
    private static final Pattern CUT = Pattern.compile("(.+)@(\\d{1,6})");

    private Encoders() {}

    /** {@return the names of the models that come with Sidereal} */
    public static List<String> names() {
        return Arrays.stream(PackagedModel.values()).map(PackagedModel::spec).toList();
    }

    /**
     * Opens an encoder; the caller closes it.
     *
     * @param spec one of {@link #names()}; or a folder in the sentence-transformers layout, with an ONNX export or, for
     *     libtorch on the CPU, with safetensors of a BERT or of a decoder with last-token pooling; or
     *     {@code http(s)://host[:port][/path]#model} of a server that speaks OpenAI's embeddings API, with the key, if
     *     it wants one, in the environment variable {@code SIDEREAL_EMBEDDING_KEY}. With {@code @64} at its end,
     *     vectors are cut to 64 dimensions, see {@link TruncatedEncoder}
     * @throws BadConfig if the spec is none of these, or there are not so many dimensions
     * @throws dev.sidereal.core.error.BadInput if a model's file is missing or wrong
     * @throws dev.sidereal.core.error.Unavailable if a server does not answer or a model cannot be unpacked
     */
    public static Encoder open(String spec) {
        Matcher cut = CUT.matcher(spec);
        if (cut.matches() && !Files.isDirectory(Path.of(spec))) {
            return truncated(open(cut.group(1)), Integer.parseInt(cut.group(2)));
        }
        if (Endpoint.isAddress(spec)) {
            return ServerEncoder.open(ServerSettings.of(spec, System.getenv()));
        }
        boolean folder = PackagedModel.named(spec).isEmpty() && Files.isDirectory(Path.of(spec));
        if (folder && ModelFolder.holdsWeightsAlone(Path.of(spec))) {
            return GradientEncoder.open(spec, Device.CPU);
        }
        return LocalEncoder.open(local(spec));
    }

    private static Encoder truncated(Encoder encoder, int dims) {
        try {
            return new TruncatedEncoder(encoder, dims);
        } catch (RuntimeException e) {
            encoder.close();
            throw e;
        }
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
