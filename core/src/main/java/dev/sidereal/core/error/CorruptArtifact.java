package dev.sidereal.core.error;

/** A folder of ours that is damaged or is not what its name says. */
public final class CorruptArtifact extends SiderealException {
    private static final long serialVersionUID = 1L;

    public CorruptArtifact(String message) {
        super(message);
    }

    public CorruptArtifact(String message, Throwable cause) {
        super(message, cause);
    }
}
