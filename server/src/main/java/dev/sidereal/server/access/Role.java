package dev.sidereal.server.access;

import dev.sidereal.core.error.BadConfig;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What a caller may do; each role may do what those before it may. */
public enum Role {
    /** What needs no key: health, and the files of the page. */
    NOBODY,
    /** Search and read. */
    READER,
    /** Add, replace and delete items. */
    WRITER,
    /** Run evaluations, and act on behalf of others. */
    ADMIN;

    /** {@return the name used in files and messages, lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return whether a caller of this role may do what needs the other} */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }

    /**
     * {@return the role of that name}
     *
     * @throws BadConfig if there is none that a key can have
     */
    public static Role named(String name) {
        return Arrays.stream(values())
                .filter(role -> role != NOBODY && role.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new BadConfig("there is no role '" + name + "'; roles are "
                        + Arrays.stream(values())
                                .filter(role -> role != NOBODY)
                                .map(Role::label)
                                .collect(Collectors.joining(", "))));
    }
}
