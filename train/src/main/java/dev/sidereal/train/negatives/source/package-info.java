/** Where candidates come from. */
@NullMarked
package dev.sidereal.train.negatives.source;

import org.jspecify.annotations.NullMarked;
