package dev.sidereal.model;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * A byte-level tokenizer of 256 bytes, a few merges and the special tokens of ChatML, made as GPT-2's is: each byte is a
 * letter, those that are no printable letter are moved up from U+0100.
 */
public final class SmallTokenizer {
    /** Id of the first special token. */
    public static final int FIRST_SPECIAL = 260;

    /** Special tokens, from {@link #FIRST_SPECIAL} on. */
    public static final List<String> SPECIAL = List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

    public static final int VOCABULARY = FIRST_SPECIAL + 3;

    /** Id of the end of a turn. */
    public static final int END = FIRST_SPECIAL + 2;

    private SmallTokenizer() {}

    /** {@return the tokenizer, to be closed} */
    public static TextTokenizer open() {
        return TextTokenizer.of(json(), "small tokenizer");
    }

    /** {@return its file} */
    public static byte[] json() {
        Map<String, Integer> vocabulary = new LinkedHashMap<>();
        for (int b = 0; b < 256; b++) {
            vocabulary.put(String.valueOf(letter(b)), b);
        }
        List<String> merges = List.of("h e", "l l", "he ll", "hell o");
        int id = 256;
        for (String merge : merges) {
            vocabulary.put(merge.replace(" ", ""), id++);
        }
        List<Map<String, Object>> added = new java.util.ArrayList<>();
        for (String special : SPECIAL) {
            added.add(Map.of(
                    "id",
                    id++,
                    "content",
                    special,
                    "single_word",
                    false,
                    "lstrip",
                    false,
                    "rstrip",
                    false,
                    "normalized",
                    false,
                    "special",
                    true));
        }
        Map<String, Object> bytes =
                Map.of("type", "ByteLevel", "add_prefix_space", false, "trim_offsets", false, "use_regex", false);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("version", "1.0");
        root.put("added_tokens", added);
        root.put("pre_tokenizer", bytes);
        root.put("decoder", bytes);
        root.put("model", Map.of("type", "BPE", "vocab", vocabulary, "merges", merges));
        return JsonMapper.shared().writeValueAsString(root).getBytes(StandardCharsets.UTF_8);
    }

    private static char letter(int b) {
        if (printable(b)) {
            return (char) b;
        }
        int moved = 0;
        for (int i = 0; i < b; i++) {
            moved += printable(i) ? 0 : 1;
        }
        return (char) (256 + moved);
    }

    private static boolean printable(int b) {
        return (b >= '!' && b <= '~') || (b >= 0xA1 && b <= 0xAC) || b >= 0xAE;
    }
}
