/** What every endpoint shares: registration, routing, errors, limits, headers, description. */
@NullMarked
package dev.sidereal.server.frame;

import org.jspecify.annotations.NullMarked;
