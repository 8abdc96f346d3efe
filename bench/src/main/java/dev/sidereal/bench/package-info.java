/** Benchmarks with their peers beside them. */
@NullMarked
package dev.sidereal.bench;

import org.jspecify.annotations.NullMarked;
