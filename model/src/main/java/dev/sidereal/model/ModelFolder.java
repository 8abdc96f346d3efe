package dev.sidereal.model;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.decode.DecoderConfigFile;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.weights.Checkpoint;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * A model's folder in the sentence-transformers layout: {@code modules.json}, the pooling's {@code config.json},
 * {@code config_sentence_transformers.json}, {@code sentence_bert_config.json}, {@code tokenizer.json} and
 * {@code onnx/model.onnx} or {@code model.onnx}. What decides a vector is read, never guessed.
 */
final class ModelFolder {
    /** An operator whose result for one text depends on the others of its batch. */
    private static final byte[] DYNAMIC = "DynamicQuantizeLinear".getBytes(StandardCharsets.US_ASCII);

    private final Path folder;

    private ModelFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * @param name how the user named it
     * @throws BadInput naming the file and the key that is missing or cannot be used
     */
    static ModelSource read(String name, Path folder) {
        try {
            return new ModelFolder(folder).source(name);
        } catch (IOException e) {
            throw new BadInput("The model's folder " + folder + " cannot be read: " + e, e);
        }
    }

    /**
     * Reads the folder for training: weights are taken from safetensors files if there are any, else from ONNX.
     *
     * @throws BadInput naming the file and the key that is missing or cannot be used
     */
    static TrainableSource trainable(String name, Path folder) {
        try {
            return new ModelFolder(folder).trainable(name);
        } catch (IOException e) {
            throw new BadInput("The model's folder " + folder + " cannot be read: " + e, e);
        }
    }

    /** {@return whether the folder's network is a decoder} */
    static boolean holdsDecoder(Path folder) {
        Path config = new ModelFolder(folder).transformer().resolve("config.json");
        if (!Files.isRegularFile(config)) {
            return false;
        }
        String type = ConfigFile.read(config).root().path("model_type").asString("");
        return type.equals("qwen3") || type.equals("llama");
    }

    /** {@return whether the folder has weights, but no graph that ONNX Runtime could serve} */
    static boolean holdsWeightsAlone(Path folder) {
        Path transformer = new ModelFolder(folder).transformer();
        return graph(transformer).isEmpty() && checkpoint(transformer);
    }

    private static boolean checkpoint(Path transformer) {
        return Files.exists(transformer.resolve(Checkpoint.SINGLE))
                || Files.exists(transformer.resolve(Checkpoint.SINGLE + ".index.json"));
    }

    private Path transformer() {
        boolean modules = Files.isRegularFile(folder.resolve("modules.json"));
        return modules ? folder.resolve(Modules.read(folder).transformer()) : folder;
    }

    /**
     * Reads the folder of an encoder over a decoder; one without modules.json is a decoder as it was published.
     *
     * @throws BadInput naming the file and the key that is missing or cannot be used
     */
    static DecoderSource decoder(String name, Path folder) {
        ModelFolder model = new ModelFolder(folder);
        Path transformer = model.transformer();
        DecoderConfig config = DecoderConfigFile.read(transformer.resolve("config.json"));
        try {
            byte[] tokenizer = Files.readAllBytes(ConfigFile.existing(transformer.resolve("tokenizer.json")));
            boolean bare = !Files.isRegularFile(folder.resolve("modules.json"));
            Recipe recipe = bare ? bare(config) : model.recipe(Modules.read(folder));
            int end = DecoderSource.end(transformer, tokenizer);
            return new DecoderSource(name, config, tokenizer, end, transformer, recipe);
        } catch (IOException e) {
            throw new BadInput("The model's folder " + folder + " cannot be read: " + e, e);
        }
    }

    /** F2LLM's: last token, 1,024 tokens, unit length. */
    private static Recipe bare(DecoderConfig config) {
        int tokens = Math.min(1_024, config.maxPositions());
        return new Recipe(Pooling.LAST_TOKEN, "", "", config.hidden(), tokens, true, false, false);
    }

    private ModelSource source(String name) throws IOException {
        Modules modules = Modules.read(folder);
        Path transformer = folder.resolve(modules.transformer());
        Path weights = weights(transformer);
        Path tokenizer = ConfigFile.existing(transformer.resolve("tokenizer.json"));
        return new ModelSource(
                name,
                weights,
                Sha256.ofFiles(withExternalData(weights)),
                Files.readAllBytes(tokenizer),
                tokenizer.toString(),
                recipe(modules).oneByOne(quantisedDynamically(weights)));
    }

    private TrainableSource trainable(String name) throws IOException {
        if (Files.isRegularFile(folder.resolve("config.json"))) {
            // That a folder is of another architecture matters more than what else it lacks.
            BertConfig.read(folder.resolve("config.json"));
        }
        Modules modules = Modules.read(folder);
        Path transformer = folder.resolve(modules.transformer());
        Path graph = graph(transformer).orElse(null);
        Path tokenizer = ConfigFile.existing(transformer.resolve("tokenizer.json"));
        return new TrainableSource(
                name,
                BertConfig.read(transformer.resolve("config.json")),
                checkpoint(transformer) || graph == null ? transformer : graph,
                graph,
                Files.readAllBytes(tokenizer),
                tokenizer.toString(),
                transformer,
                recipe(modules));
    }

    private Recipe recipe(Modules modules) {
        ConfigFile limits =
                ConfigFile.read(folder.resolve(modules.transformer()).resolve("sentence_bert_config.json"));
        ConfigFile pooling = ConfigFile.read(folder.resolve(modules.pooling()).resolve("config.json"));
        Prompts prompts = Prompts.read(ConfigFile.read(folder.resolve("config_sentence_transformers.json")));
        return new Recipe(
                pooling(pooling, prompts),
                prompts.query(),
                prompts.document(),
                pooling.positive("word_embedding_dimension"),
                limits.positive("max_seq_length"),
                modules.normalised(),
                limits.flag("do_lower_case"),
                false);
    }

    private static Pooling pooling(ConfigFile config, Prompts prompts) {
        List<String> on = new ArrayList<>();
        for (var property : config.root().properties()) {
            if (property.getKey().startsWith("pooling_mode_")
                    && property.getValue().asBoolean(false)) {
                on.add(property.getKey());
            }
        }
        if (on.size() != 1) {
            throw new BadInput(config.file() + ": exactly one pooling_mode_... must be true, got " + on + ".");
        }
        if (!prompts.none() && config.root().has("include_prompt") && !config.flag("include_prompt")) {
            throw new BadInput(config.file() + ": include_prompt is false, pooling that leaves out the prompt is not "
                    + "supported; use a model without it.");
        }
        return switch (on.getFirst()) {
            case "pooling_mode_cls_token" -> Pooling.CLS;
            case "pooling_mode_mean_tokens" -> Pooling.MEAN;
            case "pooling_mode_lasttoken" -> Pooling.LAST_TOKEN;
            default ->
                throw new BadInput(config.file() + ": " + on.getFirst() + " is not supported; supported are "
                        + "pooling_mode_cls_token, pooling_mode_mean_tokens and pooling_mode_lasttoken.");
        };
    }

    private Path weights(Path transformer) {
        return graph(transformer)
                .orElseThrow(() -> new BadInput("The model's folder " + folder
                        + " has no onnx/model.onnx and no model.onnx; export it: optimum-cli export onnx --task "
                        + "feature-extraction --model " + folder + " " + folder.resolve("onnx") + "."));
    }

    private static Optional<Path> graph(Path transformer) {
        return Stream.of(transformer.resolve("onnx/model.onnx"), transformer.resolve("model.onnx"))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    private static List<Path> withExternalData(Path weights) throws IOException {
        String name = weights.getFileName().toString();
        try (Stream<Path> siblings = Files.list(weights.toAbsolutePath().getParent())) {
            return siblings.filter(p -> p.getFileName().toString().startsWith(name))
                    .sorted()
                    .toList();
        }
    }

    static boolean quantisedDynamically(Path weights) throws IOException {
        byte[] chunk = new byte[1 << 18];
        int matched = 0;
        try (InputStream in = Files.newInputStream(weights)) {
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                for (int i = 0; i < n; i++) {
                    // The first letter does not occur again in the word, so a mismatch can only start anew.
                    matched = chunk[i] == DYNAMIC[matched] ? matched + 1 : chunk[i] == DYNAMIC[0] ? 1 : 0;
                    if (matched == DYNAMIC.length) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The steps of {@code modules.json}: paths of two of them, and whether the third is there. */
    private record Modules(String transformer, String pooling, boolean normalised) {
        static Modules read(Path folder) {
            ConfigFile file = ConfigFile.read(folder.resolve("modules.json"));
            String transformer = null;
            String pooling = null;
            boolean normalised = false;
            for (JsonNode module : file.root()) {
                String type = module.path("type").asString("");
                String path = module.path("path").asString("");
                switch (type.substring(type.lastIndexOf('.') + 1)) {
                    case "Transformer" -> transformer = path;
                    case "Pooling" -> pooling = path;
                    case "Normalize" -> normalised = true;
                    default ->
                        throw new BadInput(file.file() + ": a module of type \"" + type
                                + "\" is not supported; supported are Transformer, Pooling and Normalize.");
                }
            }
            if (transformer == null || pooling == null) {
                throw new BadInput(file.file() + ": expected a module of type Transformer and one of type Pooling, "
                        + "the latter naming the folder of its config.json.");
            }
            return new Modules(transformer, pooling, normalised);
        }
    }

    /** The texts written before queries and documents, chosen by the rules of sentence-transformers. */
    private record Prompts(String query, String document) {
        static Prompts read(ConfigFile config) {
            JsonNode prompts = config.required("prompts");
            String fallback = config.root().path("default_prompt_name").asString("");
            return new Prompts(
                    first(prompts, List.of("query", fallback)),
                    first(prompts, List.of("document", "passage", "corpus", fallback)));
        }

        private static String first(JsonNode prompts, List<String> names) {
            return names.stream()
                    .filter(prompts::has)
                    .findFirst()
                    .map(name -> prompts.path(name).asString(""))
                    .orElse("");
        }

        boolean none() {
            return query.isEmpty() && document.isEmpty();
        }
    }
}
