/** Fakes, tiny corpora and the contract suites that every implementation must pass. */
@NullMarked
package dev.sidereal.testkit;

import org.jspecify.annotations.NullMarked;
