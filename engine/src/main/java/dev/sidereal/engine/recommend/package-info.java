/** Evaluation of recommenders on a data folder. */
@NullMarked
package dev.sidereal.engine.recommend;

import org.jspecify.annotations.NullMarked;
