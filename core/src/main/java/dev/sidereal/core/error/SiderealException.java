package dev.sidereal.core.error;

/**
 * Root of all errors that Sidereal raises on purpose. The message is one sentence for the person at the terminal: what
 * is wrong, where, what was got and expected, what to do.
 */
public abstract sealed class SiderealException extends RuntimeException
        permits ArtifactMismatch, BadConfig, BadInput, BudgetExceeded, CorruptArtifact, Denied, Unavailable {
    private static final long serialVersionUID = 1L;

    protected SiderealException(String message) {
        super(message);
    }

    protected SiderealException(String message, Throwable cause) {
        super(message, cause);
    }
}
