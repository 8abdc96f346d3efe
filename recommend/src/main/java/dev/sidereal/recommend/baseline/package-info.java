/** Recommenders that every learned model is held against. */
@NullMarked
package dev.sidereal.recommend.baseline;

import org.jspecify.annotations.NullMarked;
