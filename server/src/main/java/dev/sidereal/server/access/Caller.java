package dev.sidereal.server.access;

import dev.sidereal.core.Principal;

/**
 * Who makes a request.
 *
 * @param name of the key, {@code local} without keys, {@code nobody} without identity
 * @param role what they may do
 * @param principal on whose behalf items are read
 * @param writesAs on whose behalf items are replaced: an admin may replace what others may not see
 */
public record Caller(String name, Role role, Principal principal, Principal writesAs) {
    /** {@return the caller without identity} */
    public static Caller nobody() {
        return new Caller("nobody", Role.NOBODY, Principal.anyone(), Principal.anyone());
    }

    /** {@return the user of this machine, who needs no key} */
    public static Caller local() {
        return new Caller("local", Role.ADMIN, Principal.anyone(), Principal.system());
    }

    /** {@return this caller on behalf of someone, in reading and writing} */
    public Caller as(Principal other) {
        return new Caller(name, role, other, other);
    }
}
