/** The embedded index: lexical and dense legs, filters, rights, fusion, explanation. */
@NullMarked
package dev.sidereal.search;

import org.jspecify.annotations.NullMarked;
