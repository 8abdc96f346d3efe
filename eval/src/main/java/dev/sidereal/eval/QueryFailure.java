package dev.sidereal.eval;

import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.BudgetExceeded;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.error.Denied;
import dev.sidereal.core.error.SiderealException;
import dev.sidereal.core.error.Unavailable;

/** An error of a retriever with the query it happened on put before its message, its kind kept. */
final class QueryFailure {
    private QueryFailure() {}

    static RuntimeException of(String system, String query, RuntimeException cause) {
        String message = "system '" + system + "', query '" + query + "': " + cause.getMessage();
        if (!(cause instanceof SiderealException known)) {
            return new IllegalStateException("system '" + system + "', query '" + query + "': " + cause, cause);
        }
        return switch (known) {
            case ArtifactMismatch e -> new ArtifactMismatch(message, e);
            case BadConfig e -> new BadConfig(message, e);
            case BadInput e -> new BadInput(message, e);
            case BudgetExceeded e -> new BudgetExceeded(message, e);
            case CorruptArtifact e -> new CorruptArtifact(message, e);
            case Denied e -> new Denied(message, e);
            case Unavailable e -> new Unavailable(message, e);
        };
    }
}
