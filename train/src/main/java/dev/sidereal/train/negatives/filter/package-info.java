/** Which candidates may not be negatives. */
@NullMarked
package dev.sidereal.train.negatives.filter;

import org.jspecify.annotations.NullMarked;
