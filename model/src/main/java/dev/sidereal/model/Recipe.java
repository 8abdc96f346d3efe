package dev.sidereal.model;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.nio.charset.StandardCharsets;

/**
 * What turns a text into a vector besides weights and tokenizer.
 *
 * @param queryPrompt written before each query, may be empty
 * @param documentPrompt written before each document, may be empty
 * @param maxTokens where texts are cut, special tokens included
 * @param normalised whether vectors are scaled to unit length
 * @param lowerCase whether texts are put in lower case before the tokenizer sees them
 * @param oneByOne whether each text is run alone. Dynamically quantised weights need it: their activation scale is
 *     taken over the whole batch, so a text's vector would depend on its neighbours (cosine down to .993 measured)
 */
record Recipe(
        Pooling pooling,
        String queryPrompt,
        String documentPrompt,
        int dims,
        int maxTokens,
        boolean normalised,
        boolean lowerCase,
        boolean oneByOne) {
    Recipe {
        if (dims < 1 || maxTokens < 3) {
            throw new BadConfig("An encoder needs at least 1 dimension and 3 tokens, got dims " + dims
                    + " and maximum length " + maxTokens + ".");
        }
    }

    /** {@return the same recipe with batches or without} */
    Recipe oneByOne(boolean oneByOne) {
        return new Recipe(pooling, queryPrompt, documentPrompt, dims, maxTokens, normalised, lowerCase, oneByOne);
    }

    /** {@return the same recipe for vectors of another length} */
    Recipe withDims(int dims) {
        return new Recipe(pooling, queryPrompt, documentPrompt, dims, maxTokens, normalised, lowerCase, oneByOne);
    }

    /** @throws BadInput if it wants longer texts or other vectors than the network has */
    void requireFit(String name, int networkTokens, int networkDims) {
        if (maxTokens > networkTokens) {
            throw new BadInput("The model " + name + " reads at most " + networkTokens
                    + " tokens, its max_seq_length is " + maxTokens + "; lower it.");
        }
        if (dims != networkDims) {
            throw new BadInput("The model " + name + " gives " + networkDims
                    + " dimensions, its pooling configuration says " + dims
                    + "; the two files do not belong together.");
        }
    }

    String prompt(Role role) {
        return switch (role) {
            case QUERY -> queryPrompt;
            case DOCUMENT -> documentPrompt;
        };
    }

    /**
     * {@return hash of everything that decides a vector, 32 hexadecimal digits}
     *
     * @param runtime that computes it
     */
    String fingerprint(String runtime, String weightsHash, String tokenizerHash) {
        String all = String.join("\n", runtime, weightsHash, tokenizerHash, toString());
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
