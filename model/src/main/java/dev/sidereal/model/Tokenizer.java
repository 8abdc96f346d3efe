package dev.sidereal.model;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A {@code tokenizer.json}, cutting at a length and never padding, whatever the file itself says (MiniLM's asks for
 * exactly 128 tokens). Thread-safe. About 500,000 tokens a second on two cores.
 */
final class Tokenizer implements AutoCloseable {
    static {
        // No look-ups and no call home; the native library is unpacked beside our own files.
        setUnlessSet("ai.djl.offline", "true");
        setUnlessSet("OPT_OUT_TRACKING", "true");
        // Without it a machine with CUDA makes the library look on the network for a build of its own.
        setUnlessSet("RUST_FLAVOR", "cpu");
        setUnlessSet("ENGINE_CACHE_DIR", CacheFolder.path().resolve("native").toString());
    }

    private final HuggingFaceTokenizer tokenizer;
    private final boolean lowerCase;
    /** The token put after each text; below 0 for none. */
    private final long end;

    private Tokenizer(HuggingFaceTokenizer tokenizer, boolean lowerCase, long end) {
        this.tokenizer = tokenizer;
        this.lowerCase = lowerCase;
        this.end = end;
    }

    /**
     * @param from the file, for the message when it cannot be read
     * @throws BadInput if it is no tokenizer
     * @throws Unavailable if the native library cannot be unpacked or loaded
     */
    static Tokenizer of(byte[] json, String from, int maxTokens, boolean lowerCase) {
        return new Tokenizer(load(json, from, cutAt(maxTokens)), lowerCase, -1);
    }

    /**
     * As {@link #of}, with the token {@code end} after each text, once, however the text ends and also where it is cut;
     * nothing else is put around it, whatever the file itself says.
     */
    static Tokenizer ending(byte[] json, String from, int maxTokens, boolean lowerCase, long end) {
        Map<String, String> options = new HashMap<>(cutAt(maxTokens - 1));
        options.put("addSpecialTokens", "false");
        return new Tokenizer(load(json, from, options), lowerCase, end);
    }

    /** {@return the options of a tokenizer that cuts at that many tokens and never pads} */
    static Map<String, String> cutAt(int tokens) {
        String most = Integer.toString(tokens);
        return Map.of("padding", "false", "truncation", "true", "maxLength", most, "modelMaxLength", most);
    }

    /**
     * Loads the native library and a tokenizer.
     *
     * @param options of {@code HuggingFaceTokenizer}
     */
    static HuggingFaceTokenizer load(byte[] json, String from, Map<String, String> options) {
        NativeLibrary library = NativeLibrary.tokenizers();
        if (!library.loaded()) {
            throw new Unavailable("The tokenizer library " + library.detail()
                    + "; it is unpacked below " + CacheFolder.path()
                    + ": make room there or set SIDEREAL_CACHE to a folder that can be written.");
        }
        try {
            return HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), options);
        } catch (IOException | RuntimeException e) {
            throw new BadInput(
                    "The tokenizer " + from + " cannot be read (" + e.getMessage()
                            + "); expected a tokenizer.json of Hugging Face tokenizers.",
                    e);
        }
    }

    /** {@return the tokens of each text, special tokens included, at least one} */
    Tokens[] tokenize(String prompt, List<String> texts) {
        String[] inputs = new String[texts.size()];
        for (int i = 0; i < inputs.length; i++) {
            String text = prompt.isEmpty() ? texts.get(i) : prompt.concat(texts.get(i));
            inputs[i] = lowerCase ? text.toLowerCase(Locale.ROOT) : text;
        }
        Encoding[] encodings =
                inputs.length == 1 ? new Encoding[] {tokenizer.encode(inputs[0])} : tokenizer.batchEncode(inputs);
        Tokens[] tokens = new Tokens[inputs.length];
        for (int i = 0; i < tokens.length; i++) {
            long[] ids = end < 0 ? encodings[i].getIds() : ended(encodings[i].getIds());
            // A tokenizer without special tokens reads nothing from an empty text; the model needs one token.
            tokens[i] = new Tokens(ids.length == 0 ? new long[1] : ids, encodings[i].exceedMaxLength());
        }
        return tokens;
    }

    private long[] ended(long[] ids) {
        int length = ids.length;
        while (length > 0 && ids[length - 1] == end) {
            length--;
        }
        long[] ended = Arrays.copyOf(ids, length + 1);
        ended[length] = end;
        return ended;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    private static void setUnlessSet(String property, String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }

    /**
     * One text as the model reads it.
     *
     * @param cut whether the text went on
     */
    record Tokens(long[] ids, boolean cut) {
        int count() {
            return ids.length;
        }
    }
}
