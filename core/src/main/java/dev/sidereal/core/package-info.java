/** The nouns of Sidereal: items, queries, judgments, runs, principals, and the interfaces that engines implement. */
@NullMarked
package dev.sidereal.core;

import org.jspecify.annotations.NullMarked;
