package dev.sidereal.core.catalogue;

/**
 * A reference from one item to another, such as a hyperlink.
 *
 * @param from id of the item that refers
 * @param to id of the item referred to
 */
public record Link(String from, String to) {}
