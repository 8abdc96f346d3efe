package dev.sidereal.core.error;

/** Two artifacts that do not belong together, such as an index and another encoder than it was made with. */
public final class ArtifactMismatch extends SiderealException {
    private static final long serialVersionUID = 1L;

    public ArtifactMismatch(String message) {
        super(message);
    }

    public ArtifactMismatch(String message, Throwable cause) {
        super(message, cause);
    }
}
