/** One command, a verb for each task. */
@NullMarked
package dev.sidereal.cli;

import org.jspecify.annotations.NullMarked;
