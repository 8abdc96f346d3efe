package dev.sidereal.model.encoder;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.ConfigFile;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Shape of an encoder of the BERT or XLM-RoBERTa kind: normalised after each block, positions learned.
 *
 * @param vocabulary rows of the embedding table
 * @param hidden width of a token state
 * @param layers number of blocks
 * @param heads attention heads; divides {@code hidden}
 * @param intermediate width inside the feed-forward block
 * @param positions rows of the position table
 * @param tokenTypes rows of the token type table; texts are of type 0
 * @param normEpsilon added to variances
 * @param dropout of states while training
 * @param attentionDropout of attention weights while training
 * @param padToken id that fills rows
 */
public record BertConfig(
        Family family,
        int vocabulary,
        int hidden,
        int layers,
        int heads,
        int intermediate,
        int positions,
        int tokenTypes,
        double normEpsilon,
        Activation activation,
        double dropout,
        double attentionDropout,
        int padToken) {
    /** How positions are counted. */
    public enum Family {
        /** From 0. */
        BERT,
        /** From the id of the padding token plus 1. */
        XLM_ROBERTA
    }

    /** @throws BadConfig naming the values that do not fit */
    public BertConfig {
        if (Math.min(Math.min(vocabulary, hidden), Math.min(layers, heads)) < 1
                || Math.min(Math.min(intermediate, positions), tokenTypes) < 1) {
            throw new BadConfig("An encoder's sizes must be at least 1, got vocabulary " + vocabulary + ", hidden "
                    + hidden + ", layers " + layers + ", heads " + heads + ", intermediate " + intermediate
                    + ", positions " + positions + ", token types " + tokenTypes + ".");
        }
        if (hidden % heads != 0) {
            throw new BadConfig(
                    "An encoder's heads must divide its hidden size, got " + heads + " and " + hidden + ".");
        }
        if (!(dropout >= 0 && dropout < 1 && attentionDropout >= 0 && attentionDropout < 1 && normEpsilon > 0)) {
            throw new BadConfig("An encoder's dropouts must be from 0 to below 1 and its normEpsilon above 0, got "
                    + dropout + ", " + attentionDropout + " and " + normEpsilon + ".");
        }
        if (padToken < 0 || padToken >= vocabulary) {
            throw new BadConfig("An encoder's padding token must be in its vocabulary of " + vocabulary + ", got "
                    + padToken + ".");
        }
    }

    /**
     * Reads the {@code config.json} of Hugging Face.
     *
     * @throws BadInput if it is missing, lacks a key, or describes a model of another kind
     */
    public static BertConfig read(Path file) {
        ConfigFile config = ConfigFile.read(file);
        try {
            return of(config);
        } catch (BadConfig e) {
            throw new BadInput(file + ": " + e.getMessage(), e);
        }
    }

    private static BertConfig of(ConfigFile config) {
        String type = config.required("model_type").asString("");
        Family family =
                switch (type) {
                    case "bert" -> Family.BERT;
                    case "roberta", "xlm-roberta", "camembert" -> Family.XLM_ROBERTA;
                    default ->
                        throw new BadInput(config.file() + ": the architecture \"" + type
                                + "\" (model_type) is not supported here; supported are bert, roberta, xlm-roberta and "
                                + "camembert.");
                };
        JsonNode root = config.root();
        String positions = root.path("position_embedding_type").asString("absolute");
        if (!positions.equals("absolute") || config.flag("is_decoder")) {
            throw new BadInput(config.file() + ": supported are encoders with absolute positions, got "
                    + "position_embedding_type \"" + positions + "\" and is_decoder " + config.flag("is_decoder")
                    + ".");
        }
        return new BertConfig(
                family,
                config.positive("vocab_size"),
                config.positive("hidden_size"),
                config.positive("num_hidden_layers"),
                config.positive("num_attention_heads"),
                config.positive("intermediate_size"),
                config.positive("max_position_embeddings"),
                config.positive("type_vocab_size"),
                root.path("layer_norm_eps").asDouble(1e-12),
                Activation.named(
                        config.required("hidden_act").asString(""),
                        config.file().toString()),
                root.path("hidden_dropout_prob").asDouble(0.1),
                root.path("attention_probs_dropout_prob").asDouble(0.1),
                root.path("pad_token_id").asInt(family == Family.BERT ? 0 : 1));
    }

    /** {@return the {@code config.json} that describes it} */
    public ObjectNode json() {
        boolean bert = family == Family.BERT;
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("architectures").add(bert ? "BertModel" : "XLMRobertaModel");
        json.put("model_type", bert ? "bert" : "xlm-roberta");
        json.put("vocab_size", vocabulary);
        json.put("hidden_size", hidden);
        json.put("num_hidden_layers", layers);
        json.put("num_attention_heads", heads);
        json.put("intermediate_size", intermediate);
        json.put("max_position_embeddings", positions);
        json.put("type_vocab_size", tokenTypes);
        json.put("layer_norm_eps", normEpsilon);
        json.put("hidden_act", activation.key());
        json.put("hidden_dropout_prob", dropout);
        json.put("attention_probs_dropout_prob", attentionDropout);
        json.put("pad_token_id", padToken);
        json.put("position_embedding_type", "absolute");
        json.put("torch_dtype", "float32");
        return json;
    }

    /** {@return the same shape with other dropouts while training} */
    public BertConfig withDropout(double dropout, double attentionDropout) {
        return new BertConfig(
                family,
                vocabulary,
                hidden,
                layers,
                heads,
                intermediate,
                positions,
                tokenTypes,
                normEpsilon,
                activation,
                dropout,
                attentionDropout,
                padToken);
    }

    /** {@return the same kind of encoder in another size; a head keeps its width} */
    public BertConfig withSize(int layers, int hidden, int intermediate) {
        int width = this.hidden / heads;
        if (hidden % width != 0) {
            throw new BadConfig("An encoder whose heads have " + width + " dimensions needs a hidden size that is a"
                    + " multiple of that, got " + hidden + ".");
        }
        return new BertConfig(
                family,
                vocabulary,
                hidden,
                layers,
                hidden / width,
                intermediate,
                positions,
                tokenTypes,
                normEpsilon,
                activation,
                dropout,
                attentionDropout,
                padToken);
    }

    /** {@return row of the position table that a text's first token takes} */
    int firstPosition() {
        return family == Family.BERT ? 0 : padToken + 1;
    }

    /** {@return the most tokens a text can have} */
    public int maxTokens() {
        return positions - firstPosition();
    }
}
