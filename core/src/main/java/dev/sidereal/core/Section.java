package dev.sidereal.core;

/**
 * A part of an item's text under a heading of its own.
 *
 * @param id unique within the item; may be empty
 * @param heading may be empty
 * @param text the section's text
 */
public record Section(String id, String heading, String text) {}
