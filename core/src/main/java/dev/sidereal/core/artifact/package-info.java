/** Folders with a manifest: written atomically, checked at open. */
@NullMarked
package dev.sidereal.core.artifact;

import org.jspecify.annotations.NullMarked;
