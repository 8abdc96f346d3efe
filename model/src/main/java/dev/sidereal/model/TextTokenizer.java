package dev.sidereal.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The {@code tokenizer.json} of a decoder: text to token ids and back. Texts are never cut or padded. Thread-safe until
 * closed.
 */
public final class TextTokenizer implements AutoCloseable {
    private static final Map<String, String> WHOLE = Map.of("padding", "false", "truncation", "false");

    private final HuggingFaceTokenizer tokenizer;
    private final String from;
    private final Map<String, Integer> added;
    private final Set<String> special;
    private final int vocabulary;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, String from, JsonNode root) {
        this.tokenizer = tokenizer;
        this.from = from;
        Map<String, Integer> ids = new HashMap<>();
        Set<String> marks = new HashSet<>();
        for (JsonNode token : root.path("added_tokens")) {
            String content = token.path("content").asString("");
            ids.put(content, token.path("id").asInt(0));
            if (token.path("special").asBoolean(false)) {
                marks.add(content);
            }
        }
        this.added = Map.copyOf(ids);
        this.special = Set.copyOf(marks);
        this.vocabulary = vocabulary(root);
    }

    /**
     * Opens a file.
     *
     * @throws BadInput if there is no such file or it is no tokenizer
     * @throws dev.sidereal.core.error.Unavailable if the native library cannot be unpacked or loaded
     */
    public static TextTokenizer open(Path file) {
        try {
            return of(Files.readAllBytes(ConfigFile.existing(file)), file.toString());
        } catch (IOException e) {
            throw new BadInput("The tokenizer " + file + " cannot be read: " + e + ".", e);
        }
    }

    /** As {@link #open}, from bytes in memory; {@code from} is where they come from, for messages. */
    public static TextTokenizer of(byte[] json, String from) {
        HuggingFaceTokenizer tokenizer = Tokenizer.load(json, from, WHOLE);
        try {
            return new TextTokenizer(tokenizer, from, JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            tokenizer.close();
            throw new BadInput("The tokenizer " + from + " is not JSON: " + e.getOriginalMessage() + ".", e);
        }
    }

    /** {@return the highest token id, and one} */
    static int vocabulary(JsonNode tokenizer) {
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        // A map to ids or, for unigrams, a list of pieces.
        int highest = vocabulary.isArray() ? vocabulary.size() - 1 : -1;
        if (vocabulary.isObject()) {
            for (JsonNode id : vocabulary) {
                highest = Math.max(highest, id.asInt(-1));
            }
        }
        for (JsonNode token : tokenizer.path("added_tokens")) {
            highest = Math.max(highest, token.path("id").asInt(-1));
        }
        return highest + 1;
    }

    /** {@return the tokens of a text, nothing put before or after; special tokens written in it are read as such} */
    public int[] encode(String text) {
        return encode(text, false);
    }

    /**
     * {@return the tokens of a text}
     *
     * @param special whether the tokens that the file puts before and after a text are put there
     */
    public int[] encode(String text, boolean special) {
        long[] ids = tokenizer.encode(text, special, false).getIds();
        return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
    }

    /** {@return the text of tokens, special tokens left out} */
    public String decode(int... ids) {
        return decode(ids, false);
    }

    /**
     * {@return the text of tokens}
     *
     * @param special whether special tokens are written out
     */
    public String decode(int[] ids, boolean special) {
        return tokenizer.decode(IntStream.of(ids).asLongStream().toArray(), !special);
    }

    /** {@return a decoder of one growing text, special tokens left out} */
    public TextStream stream() {
        return new TextStream(this::decode);
    }

    /** {@return the id of a special or added token, for example {@code <|im_end|>}} */
    public OptionalInt id(String token) {
        Integer id = added.get(token);
        return id == null ? OptionalInt.empty() : OptionalInt.of(id);
    }

    /** {@return the special tokens, which {@link #decode} leaves out} */
    public Set<String> special() {
        return special;
    }

    /** {@return the highest token id, and one} */
    public int vocabulary() {
        return vocabulary;
    }

    /**
     * Checks that a model has a row for each token.
     *
     * @param rows the model's vocabulary, may be larger: many are padded
     * @throws ArtifactMismatch if the tokenizer gives ids that the model does not have
     */
    public void requireVocabulary(int rows) {
        if (vocabulary > rows) {
            throw new ArtifactMismatch(
                    "The tokenizer " + from + " has " + vocabulary + " tokens, the model has rows for " + rows
                            + "; use the tokenizer.json of the model's own folder.");
        }
    }

    @Override
    public void close() {
        tokenizer.close();
    }
}
