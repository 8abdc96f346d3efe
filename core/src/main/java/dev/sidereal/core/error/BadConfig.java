package dev.sidereal.core.error;

/** A setting that cannot be used: an unknown name, a value out of range, two settings that clash. */
public final class BadConfig extends SiderealException {
    private static final long serialVersionUID = 1L;

    public BadConfig(String message) {
        super(message);
    }

    public BadConfig(String message, Throwable cause) {
        super(message, cause);
    }
}
