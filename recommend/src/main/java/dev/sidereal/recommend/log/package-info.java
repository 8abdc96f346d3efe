/** What users did: logs of interactions as packed arrays, the files they come from, and their splits. */
@NullMarked
package dev.sidereal.recommend.log;

import org.jspecify.annotations.NullMarked;
