/** Runs as small YAML files. */
@NullMarked
package dev.sidereal.train.recipe;

import org.jspecify.annotations.NullMarked;
