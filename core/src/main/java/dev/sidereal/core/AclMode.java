package dev.sidereal.core;

import java.util.Locale;

/** What an item without a stated ACL means to a catalogue. */
public enum AclMode {
    /** Readable by all. */
    OPEN,
    /** Readable by nobody. */
    CLOSED;

    /** {@return the name used in files and messages, lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
