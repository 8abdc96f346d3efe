package dev.sidereal.model;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.encoder.BertConfig;
import dev.sidereal.model.weights.Checkpoint;
import dev.sidereal.model.weights.OnnxWeights;
import dev.sidereal.model.weights.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The parts of an encoder before it is opened for training.
 *
 * @param name how the user named it
 * @param weights a folder with safetensors files, or an ONNX file
 * @param graph the ONNX file whose numbers a trained model replaces, null if there is none
 * @param tokenizer content of {@code tokenizer.json}
 * @param tokenizerFrom where that was read, for messages
 * @param folder where it and config.json lie, null for a packaged model
 */
record TrainableSource(
        String name,
        BertConfig config,
        Path weights,
        @Nullable Path graph,
        byte[] tokenizer,
        String tokenizerFrom,
        @Nullable Path folder,
        Recipe recipe) {
    /** @throws BadInput if the tokenizer does not belong to the model, or the recipe wants what it does not have */
    TrainableSource {
        int tokens = tokens(tokenizer, tokenizerFrom);
        // Tables are often rounded up, but not by a tenth.
        if (tokens > config.vocabulary() || tokens < 0.9 * config.vocabulary()) {
            throw new BadInput("The tokenizer " + tokenizerFrom + " has " + tokens + " tokens, the model " + name
                    + " has a vocabulary of " + config.vocabulary() + "; they do not belong together.");
        }
        recipe.requireFit(name, config.maxTokens(), config.hidden());
    }

    /** Opens the weights; the caller closes them. */
    WeightSource open() {
        return Files.isDirectory(weights) ? Checkpoint.open(weights) : OnnxWeights.open(weights);
    }

    /** {@return the same tokenizer, prompts and pooling for another network; no graph has a place for its weights} */
    TrainableSource with(BertConfig network) {
        return new TrainableSource(
                name, network, weights, null, tokenizer, tokenizerFrom, folder, recipe.withDims(network.hidden()));
    }

    private static int tokens(byte[] json, String from) {
        try {
            return TextTokenizer.vocabulary(JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new BadInput("The tokenizer " + from + " is not JSON: " + e.getOriginalMessage() + ".", e);
        }
    }
}
