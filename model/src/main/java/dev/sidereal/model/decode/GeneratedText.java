package dev.sidereal.model.decode;

import java.util.List;

/**
 * A generated text.
 *
 * @param text without the stop sequence that ended it and without special tokens
 * @param tokens it was made of, the end token excluded; those of a stop sequence are among them
 * @param promptTokens how many tokens were read
 */
public record GeneratedText(String text, List<Integer> tokens, int promptTokens, StopReason reason) {
    /** Copies the list. */
    public GeneratedText {
        tokens = List.copyOf(tokens);
    }
}
