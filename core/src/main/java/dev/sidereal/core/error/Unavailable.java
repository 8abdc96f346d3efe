package dev.sidereal.core.error;

/** Something outside is not there now: a server, a disk with room, a lock. The only error worth retrying. */
public final class Unavailable extends SiderealException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String message) {
        super(message);
    }

    public Unavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
