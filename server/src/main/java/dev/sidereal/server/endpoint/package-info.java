/** The endpoints by the task they are for. */
@NullMarked
package dev.sidereal.server.endpoint;

import org.jspecify.annotations.NullMarked;
