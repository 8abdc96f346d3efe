package dev.sidereal.core.format;

import dev.sidereal.core.Item;

/**
 * An item with the place it was read from.
 *
 * @param item the item
 * @param where {@code file:line}
 */
public record SourcedItem(Item item, String where) {}
