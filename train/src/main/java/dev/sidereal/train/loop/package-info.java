/** What acts on negatives while a model is trained: mining anew, replacement, masks, queues, corrections. */
@NullMarked
package dev.sidereal.train.loop;

import org.jspecify.annotations.NullMarked;
