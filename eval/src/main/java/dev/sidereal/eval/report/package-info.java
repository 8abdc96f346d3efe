/** One self-contained HTML page about an evaluation. */
@NullMarked
package dev.sidereal.eval.report;

import org.jspecify.annotations.NullMarked;
