/** Who calls, and what they may do. */
@NullMarked
package dev.sidereal.server.access;

import org.jspecify.annotations.NullMarked;
