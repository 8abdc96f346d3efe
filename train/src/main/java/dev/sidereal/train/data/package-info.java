/** Training data by role, split into batches the same way every time. */
@NullMarked
package dev.sidereal.train.data;

import org.jspecify.annotations.NullMarked;
