/** One filter language for every leg: parsed once, checked against the schema, compiled by each engine. */
@NullMarked
package dev.sidereal.core.filter;

import org.jspecify.annotations.NullMarked;
