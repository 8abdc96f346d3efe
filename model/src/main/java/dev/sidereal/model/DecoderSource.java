package dev.sidereal.model;

import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.decode.DecoderConfig;
import dev.sidereal.model.tensor.Parameters;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/**
 * The parts of an encoder over a decoder before it is opened.
 *
 * @param name how the user named it
 * @param tokenizer content of {@code tokenizer.json}
 * @param end id of the token at which a text's vector is read
 * @param folder with config.json, weights and tokenizer
 */
record DecoderSource(String name, DecoderConfig config, byte[] tokenizer, int end, Path folder, Recipe recipe) {
    /** @throws BadInput if the recipe wants what the network does not have */
    DecoderSource {
        recipe.requireFit(name, config.maxPositions(), config.hidden());
        if (recipe.pooling() != Pooling.LAST_TOKEN) {
            throw new BadInput("The model " + name + " is a decoder and its pooling is " + recipe.pooling()
                    + "; supported is pooling_mode_lasttoken, since only the last token has read all others.");
        }
    }

    String tokenizerFrom() {
        return folder.resolve("tokenizer.json").toString();
    }

    DecoderSource with(DecoderConfig network) {
        return new DecoderSource(name, network, tokenizer, end, folder, recipe.withDims(network.hidden()));
    }

    String fingerprint(Parameters parameters) {
        return recipe.fingerprint("libtorch 1, end " + end, Sha256.of(parameters.stored()), Sha256.of(tokenizer));
    }

    /** {@return the token that the tokenizer says ends a text, else the one that the model says} */
    static int end(Path folder, byte[] tokenizer) {
        Path file = folder.resolve("tokenizer_config.json");
        JsonNode named = Files.isRegularFile(file)
                ? ConfigFile.read(file).root().path("eos_token")
                : tools.jackson.databind.node.MissingNode.getInstance();
        String token = named.isObject() ? named.path("content").asString("") : named.asString("");
        Path config = folder.resolve("config.json");
        try (TextTokenizer text =
                TextTokenizer.of(tokenizer, folder.resolve("tokenizer.json").toString())) {
            OptionalInt id = text.id(token);
            JsonNode given = ConfigFile.read(config).root().path("eos_token_id");
            if (id.isEmpty() && !given.isInt()) {
                throw new BadInput("Neither " + file + " names an eos_token that the tokenizer knows nor " + config
                        + " an eos_token_id; add one, a text's vector is read at that token.");
            }
            return id.orElseGet(given::intValue);
        }
    }
}
