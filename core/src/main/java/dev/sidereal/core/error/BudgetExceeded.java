package dev.sidereal.core.error;

/** Work that would cost more than the caller allows: a deadline that has come, a limit that is full. */
public final class BudgetExceeded extends SiderealException {
    private static final long serialVersionUID = 1L;

    public BudgetExceeded(String message) {
        super(message);
    }

    public BudgetExceeded(String message, Throwable cause) {
        super(message, cause);
    }
}
