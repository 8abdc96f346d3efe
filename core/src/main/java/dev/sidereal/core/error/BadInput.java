package dev.sidereal.core.error;

/** Data that cannot be used: a malformed line, a missing or duplicate id, a vector with NaN. */
public final class BadInput extends SiderealException {
    private static final long serialVersionUID = 1L;

    public BadInput(String message) {
        super(message);
    }

    public BadInput(String message, Throwable cause) {
        super(message, cause);
    }
}
