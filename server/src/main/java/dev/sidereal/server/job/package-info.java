/** Long work in the background: evaluations, one at a time, kept over restarts. */
@NullMarked
package dev.sidereal.server.job;

import org.jspecify.annotations.NullMarked;
