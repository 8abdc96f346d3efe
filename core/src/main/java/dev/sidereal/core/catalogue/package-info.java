/** A catalogue: items with a schema and an access mode, as a folder. */
@NullMarked
package dev.sidereal.core.catalogue;

import org.jspecify.annotations.NullMarked;
