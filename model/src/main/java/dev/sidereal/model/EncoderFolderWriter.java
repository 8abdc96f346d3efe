package dev.sidereal.model;

import dev.sidereal.core.artifact.ArtifactFolder;
import dev.sidereal.core.artifact.Manifest;
import dev.sidereal.model.encoder.Bert;
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
    private static final List<String> TOKENIZER_FILES = List.of(
            "tokenizer_config.json",
            "special_tokens_map.json",
            "added_tokens.json",
            "vocab.txt",
            "vocab.json",
            "merges.txt",
            "sentencepiece.bpe.model");

    private final TrainableSource source;
    private final Bert model;

    EncoderFolderWriter(TrainableSource source, Bert model) {
        this.source = source;
        this.model = model;
    }

    /** Writes the folder, whole or not at all. */
    void write(Path folder, @Nullable Path graph, String weightsHash) {
        ArtifactFolder.write(folder, target -> {
            model.save(target);
            writeShape(target);
            writeTokenizer(target);
            writeRecipe(target);
            if (graph != null) {
                Files.createDirectories(target.resolve("onnx"));
                OnnxWeights.replace(graph, inGraph(graph), target.resolve("onnx/model.onnx"));
            }
            ObjectNode contents = Manifest.tree();
            contents.put("dims", source.recipe().dims());
            contents.put("parameters", model.parameters().count());
            contents.put("weights", weightsHash);
            return Manifest.of("encoder", FORMAT)
                    .withSource("tokenizer", Sha256.of(source.tokenizer()))
                    .withContents(contents);
        });
    }

    /** {@return the weights that the graph has; a pooler may be left out of it} */
    private TensorMap inGraph(Path graph) {
        try (OnnxWeights onnx = OnnxWeights.open(graph)) {
            Set<String> names = onnx.names();
            List<StoredTensor> weights = model.parameters().stored().stream()
                    .filter(tensor -> names.contains(tensor.name()))
                    .toList();
            return TensorMap.of("the trained model " + source.name(), weights);
        }
    }

    /** Keeps what the source's own config.json says beyond the shape. */
    private void writeShape(Path target) throws IOException {
        Path beside = source.folder();
        if (beside != null && ConfigFile.read(beside.resolve("config.json")).root() instanceof ObjectNode original) {
            ObjectNode merged = source.config().json();
            JsonNode written = merged.get("torch_dtype");
            merged.setAll(original);
            merged.set("torch_dtype", written);
            write(target.resolve("config.json"), merged);
        }
    }

    private void writeTokenizer(Path target) throws IOException {
        Files.write(target.resolve("tokenizer.json"), source.tokenizer());
        Path beside = source.folder();
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
    private ObjectNode bertTokenizer() {
        ObjectNode json = Manifest.tree();
        json.put("tokenizer_class", "BertTokenizer");
        json.put("do_lower_case", true);
        json.put("model_max_length", source.config().maxTokens());
        json.put("cls_token", "[CLS]");
        json.put("sep_token", "[SEP]");
        json.put("pad_token", "[PAD]");
        json.put("unk_token", "[UNK]");
        json.put("mask_token", "[MASK]");
        return json;
    }

    private void writeRecipe(Path target) throws IOException {
        Recipe recipe = source.recipe();
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
