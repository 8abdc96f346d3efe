package dev.sidereal.cli;

/**
 * One verb of the command line. A verb is a picocli command whose options are its fields; it does its work, prints
 * nothing, and returns what there is to print. Registered in {@link Verbs}.
 */
interface Verb {
    /**
     * Does the work.
     *
     * @throws dev.sidereal.core.error.SiderealException with a sentence for the reader
     */
    Outcome run(Session session);
}
