package dev.sidereal.cli.doctor;

/** Looks at one thing; never throws for what it finds. */
@FunctionalInterface
interface Check {
    Finding examine();
}
