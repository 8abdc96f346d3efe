/** Sidereal assembled: the tasks of a user as calls that print nothing. */
@NullMarked
package dev.sidereal.engine;

import org.jspecify.annotations.NullMarked;
