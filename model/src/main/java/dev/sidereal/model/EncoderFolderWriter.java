package dev.sidereal.model;

import dev.sidereal.core.artifact.ArtifactFolder;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.model.tensor.Parameters;
import dev.sidereal.model.weights.OnnxWeights;
import dev.sidereal.model.weights.StoredTensor;
import dev.sidereal.model.weights.TensorMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes an encoder as the folder that {@link ModelFolder} reads: the layout of sentence-transformers, whose Transformer
 * part is a folder of Hugging Face, with {@code onnx/model.onnx} where there is a graph to put the weights in.
 */
final class EncoderFolderWriter {
    private static final int FORMAT = 1;
    private static final int MAX_TOKENS = 512;
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            "sentencepiece.bpe.model");

    /** What a folder's own config.json knows less well than the network. */
    private static final List<String> SHAPE = List.of(
            "hidden_size",
            "num_hidden_layers",
            "num_attention_heads",
            "intermediate_size",
            "tie_word_embeddings",
            "torch_dtype",
            "dtype",
            "layer_types",
            "max_window_layers");

    private final Recipe recipe;
    private final byte[] tokenizer;
    private final @Nullable Path beside;

    /**
     * @param tokenizer content of {@code tokenizer.json}
     * @param beside the folder the encoder came from, whose settings are kept; null for a packaged model
     */
    EncoderFolderWriter(Recipe recipe, byte[] tokenizer, @Nullable Path beside) {
        this.recipe = recipe;
        this.tokenizer = tokenizer;
        this.beside = beside;
    }

    /** Writes config.json and weights to a folder. */
    interface Network {
        void save(Path folder) throws IOException;
    }

    /** Writes the folder, whole or not at all. */
    void write(Path folder, Parameters parameters, Network network) {
        ArtifactFolder.write(folder, target -> {
            network.save(target);
            keepSettings(target);
            writeTokenizer(target);
            writeRecipe(target);
            ObjectNode contents = Manifest.tree();
            contents.put("dims", recipe.dims());
            contents.put("parameters", parameters.count());
            contents.put("weights", Sha256.of(parameters.stored()));
            return Manifest.of("encoder", FORMAT)
                    .withSource("tokenizer", Sha256.of(tokenizer))
                    .withContents(contents);
        });
    }

    /** Puts a network's weights into a copy of its graph; a pooler may be left out of it. */
    static void writeGraph(Path graph, Parameters parameters, Path target) throws IOException {
        Files.createDirectories(target.resolve("onnx"));
        OnnxWeights.replace(graph, inGraph(graph, parameters), target.resolve("onnx/model.onnx"));
    }

    private static TensorMap inGraph(Path graph, Parameters parameters) {
        try (OnnxWeights onnx = OnnxWeights.open(graph)) {
            Set<String> names = onnx.names();
            List<StoredTensor> weights = parameters.stored().stream()
                    .filter(tensor -> names.contains(tensor.name()))
                    .toList();
            return TensorMap.of("the trained model", weights);
        }
    }

    /** Keeps what the source's own config.json says beyond the shape. */
    private void keepSettings(Path target) throws IOException {
        if (beside != null
                && ConfigFile.read(beside.resolve("config.json")).root() instanceof ObjectNode original
                && ConfigFile.read(target.resolve("config.json")).root() instanceof ObjectNode written) {
            ObjectNode merged = written.deepCopy();
            merged.setAll(original);
            for (String key : SHAPE) {
                if (written.has(key)) {
                    merged.set(key, written.get(key));
                } else {
                    merged.remove(key);
                }
            }
            write(target.resolve("config.json"), merged);
        }
    }

    private void writeTokenizer(Path target) throws IOException {
        Files.write(target.resolve("tokenizer.json"), tokenizer);
        if (beside == null) {
            write(target.resolve("tokenizer_config.json"), bertTokenizer());
            return;
        }
        for (String name : TOKENIZER_FILES) {
            if (Files.isRegularFile(beside.resolve(name))) {
                Files.copy(beside.resolve(name), target.resolve(name));
            }
        }
    }

    /** What the packaged models' own folders say; it is not in their jars. */
    private static ObjectNode bertTokenizer() {
        ObjectNode json = Manifest.tree();
        json.put("tokenizer_class", "BertTokenizer");
        json.put("do_lower_case", true);
        json.put("model_max_length", MAX_TOKENS);
        json.put("cls_token", "[CLS]");
        json.put("sep_token", "[SEP]");
        json.put("pad_token", "[PAD]");
        json.put("unk_token", "[UNK]");
        json.put("mask_token", "[MASK]");
        return json;
    }

    private void writeRecipe(Path target) throws IOException {
        ArrayNode modules = JsonMapper.shared().createArrayNode();
        addModule(modules, "", "Transformer");
        addModule(modules, "1_Pooling", "Pooling");
        if (recipe.normalised()) {
            addModule(modules, "2_Normalize", "Normalize");
        }
        write(target.resolve("modules.json"), modules);

        ObjectNode pooling = Manifest.tree();
        pooling.put("word_embedding_dimension", recipe.dims());
        pooling.put("pooling_mode_cls_token", recipe.pooling() == Pooling.CLS);
        pooling.put("pooling_mode_mean_tokens", recipe.pooling() == Pooling.MEAN);
        pooling.put("pooling_mode_lasttoken", recipe.pooling() == Pooling.LAST_TOKEN);
        pooling.put("include_prompt", true);
        Files.createDirectories(target.resolve("1_Pooling"));
        write(target.resolve("1_Pooling/config.json"), pooling);

        ObjectNode limits = Manifest.tree();
        limits.put("max_seq_length", recipe.maxTokens());
        limits.put("do_lower_case", recipe.lowerCase());
        write(target.resolve("sentence_bert_config.json"), limits);

        ObjectNode use = Manifest.tree();
        ObjectNode prompts = use.putObject("prompts");
        if (!recipe.queryPrompt().isEmpty() || !recipe.documentPrompt().isEmpty()) {
            prompts.put("query", recipe.queryPrompt());
            prompts.put("document", recipe.documentPrompt());
        }
        use.putNull("default_prompt_name");
        use.put("similarity_fn_name", recipe.normalised() ? "cosine" : "dot");
        write(target.resolve("config_sentence_transformers.json"), use);
    }

    private static void addModule(ArrayNode modules, String path, String type) {
        ObjectNode module = modules.addObject();
        module.put("idx", modules.size() - 1);
        module.put("name", Integer.toString(modules.size() - 1));
        module.put("path", path);
        module.put("type", "sentence_transformers.models." + type);
    }

    private static void write(Path file, JsonNode json) throws IOException {
        Files.write(file, JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsBytes(json));
    }
}
