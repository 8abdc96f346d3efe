/** Vectors that need not be computed twice: a cache on disk by content hash, shared by processes. */
@NullMarked
package dev.sidereal.model.cache;

import org.jspecify.annotations.NullMarked;
