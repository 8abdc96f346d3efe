package dev.sidereal.model;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.model.encoder.Activation;
import dev.sidereal.model.encoder.BertConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The models that come with Sidereal as jars. Weights are unpacked once to the cache folder: a session opened from the
 * file takes .24 s and 180 MB for bge-small, from the jar's bytes 1.1 s and 390 MB.
 */
@SuppressWarnings("ImmutableEnumChecker") // a recipe holds only strings, numbers and an enum
enum PackagedModel {
    BGE_SMALL(
            "bge-small",
            "bge-small-en-v1.5",
            133_093_490,
            "828e1496d7fabb79cfa4dcd84fa38625c0d3d21da474a00f08db0f559940cf35",
            bge(false)),
    BGE_SMALL_Q(
            "bge-small-q",
            "bge-small-en-v1.5-q",
            34_014_426,
            "6c9c6101a956d62dfb5e7190c538226c0c5bb9cb27b651234b6df063ee7dbfe4",
            bge(true)),
    MINILM(
            "minilm",
            "all-minilm-l6-v2",
            90_387_606,
            "759c3cd2b7fe7e93933ad23c4c9181b7396442a2ed746ec7c1d46192c469c46e",
            miniLm(false)),
    MINILM_Q(
            "minilm-q",
            "all-minilm-l6-v2-q",
            22_972_370,
            "afdb6f1a0e45b715d0bb9b11772f032c399babd23bfc31fed1c170afc848bdb1",
            miniLm(true));

    private final String spec;
    private final String resource;
    private final long bytes;
    private final String weightsHash;
    private final Recipe recipe;

    PackagedModel(String spec, String resource, long bytes, String weightsHash, Recipe recipe) {
        this.spec = spec;
        this.resource = resource;
        this.bytes = bytes;
        this.weightsHash = weightsHash;
        this.recipe = recipe;
    }

    /** The authors' model card: first token, unit length, an instruction before short queries. */
    private static Recipe bge(boolean quantised) {
        return new Recipe(
                Pooling.CLS,
                "Represent this sentence for searching relevant passages: ",
                "",
                384,
                512,
                true,
                false,
                quantised);
    }

    /** The authors' sentence-transformers folder: mean, unit length, no instruction, 256 tokens. */
    private static Recipe miniLm(boolean quantised) {
        return new Recipe(Pooling.MEAN, "", "", 384, 256, true, false, quantised);
    }

    /** {@return names of those whose weights are not quantised} */
    static List<String> trainables() {
        return Arrays.stream(values())
                .filter(m -> !m.recipe.oneByOne())
                .map(PackagedModel::spec)
                .toList();
    }

    static Optional<PackagedModel> named(String spec) {
        return Arrays.stream(values()).filter(m -> m.spec.equals(spec)).findFirst();
    }

    String spec() {
        return spec;
    }

    Recipe recipe() {
        return recipe;
    }

    String weightsHash() {
        return weightsHash;
    }

    /** @throws Unavailable if the jar is missing or the weights cannot be unpacked */
    ModelSource source(Path cache) {
        String tokenizer = resource + "-tokenizer.json";
        try {
            return new ModelSource(
                    spec, unpacked(cache), weightsHash, open(tokenizer).readAllBytes(), tokenizer, recipe);
        } catch (IOException e) {
            throw new Unavailable(
                    "The model " + spec + " cannot be unpacked to " + cache + " (" + e
                            + "); make room there or set SIDEREAL_CACHE to a folder that can be written.",
                    e);
        }
    }

    /**
     * {@return what training needs; the jar has no config.json, so the shape is told here}
     *
     * @throws BadConfig if its weights are quantised
     * @throws Unavailable if the jar is missing or the weights cannot be unpacked
     */
    TrainableSource trainable(Path cache) {
        if (recipe.oneByOne()) {
            throw new BadConfig("The weights of " + spec + " are quantised and cannot be trained; choose "
                    + String.join(" or ", trainables()) + ".");
        }
        ModelSource source = source(cache);
        int layers = this == MINILM ? 6 : 12;
        BertConfig config = new BertConfig(
                BertConfig.Family.BERT, 30_522, 384, layers, 12, 1_536, 512, 2, 1e-12, Activation.GELU, 0.1, 0.1, 0);
        return new TrainableSource(
                spec,
                config,
                source.weights(),
                source.weights(),
                source.tokenizer(),
                source.tokenizerFrom(),
                null,
                recipe);
    }

    InputStream open(String name) {
        InputStream in = PackagedModel.class.getResourceAsStream("/" + name);
        if (in == null) {
            throw new Unavailable("The model " + spec + " is not on the class path: no resource " + name
                    + "; add the jar dev.langchain4j:langchain4j-embeddings-*.");
        }
        return in;
    }

    private Path unpacked(Path cache) throws IOException {
        Path file = cache.resolve("models").resolve(weightsHash.substring(0, 16) + ".onnx");
        if (Files.isRegularFile(file) && Files.size(file) == bytes) {
            return file;
        }
        Files.createDirectories(file.getParent());
        Path part = Files.createTempFile(file.getParent(), spec, ".part");
        try (InputStream in = open(resource + ".onnx")) {
            Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(part);
        }
        return file;
    }
}
