/** Recommendation: what ranks items for histories, and how that is measured. */
@NullMarked
package dev.sidereal.recommend;

import org.jspecify.annotations.NullMarked;
