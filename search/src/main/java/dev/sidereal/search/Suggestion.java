package dev.sidereal.search;

/**
 * A completion of what is being typed.
 *
 * @param text a title or a heading
 * @param id of an item that has it
 */
public record Suggestion(String text, String id) {}
