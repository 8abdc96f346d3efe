package dev.sidereal.core.error;

/** The principal may not do this. */
public final class Denied extends SiderealException {
    private static final long serialVersionUID = 1L;

    public Denied(String message) {
        super(message);
    }

    public Denied(String message, Throwable cause) {
        super(message, cause);
    }
}
