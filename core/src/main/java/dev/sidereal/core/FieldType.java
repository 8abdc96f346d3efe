package dev.sidereal.core;

import java.util.Locale;

/** The types that a catalogue's fields may have. */
public enum FieldType {
    KEYWORD,
    NUMBER,
    DATE,
    BOOLEAN,
    SET;

    /** {@return the name used in files and messages, lower case} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
