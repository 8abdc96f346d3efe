/** What the machine must offer: one small class a check, each saying what it found and how to fix it. */
@NullMarked
package dev.sidereal.cli.doctor;

import org.jspecify.annotations.NullMarked;
