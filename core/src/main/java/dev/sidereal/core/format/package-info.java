/** Streaming readers and writers of the files people already have; every error names file and line. */
@NullMarked
package dev.sidereal.core.format;

import org.jspecify.annotations.NullMarked;
