/** Training examples made of documents alone, by rules or by a language model. */
@NullMarked
package dev.sidereal.train.negatives.generate;

import org.jspecify.annotations.NullMarked;
