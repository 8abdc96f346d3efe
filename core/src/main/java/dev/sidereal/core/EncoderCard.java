package dev.sidereal.core;

/**
 * What identifies an encoder, kept in the manifest of every index made with it.
 *
 * @param name how the user named it: {@code bge-small}, a folder, a URL
 * @param fingerprint hash of everything that decides a vector: weights, tokenizer, pooling, prompts, length
 * @param dims length of a vector
 * @param maxTokens where texts are cut
 * @param normalised whether vectors have unit length
 */
public record EncoderCard(String name, String fingerprint, int dims, int maxTokens, boolean normalised) {}
