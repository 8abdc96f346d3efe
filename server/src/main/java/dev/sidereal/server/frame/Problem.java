package dev.sidereal.server.frame;

import dev.sidereal.core.error.ArtifactMismatch;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.BudgetExceeded;
import dev.sidereal.core.error.CorruptArtifact;
import dev.sidereal.core.error.Denied;
import dev.sidereal.core.error.SiderealException;
import dev.sidereal.core.error.Unavailable;

/**
 * What went wrong, as RFC 9457 has it.
 *
 * @param type always {@code about:blank}: the status says the kind
 * @param title the status in words
 * @param status of the response
 * @param detail one sentence: what, where, got and expected, what to do
 * @param instance the path that was asked for
 * @param requestId to find the request in the server's logs
 */
public record Problem(
        @Doc("always about:blank: the status says the kind") String type,
        @Doc("the status in words") String title,
        @Doc("the status of the response") int status,

        @Doc("one sentence: what is wrong, where, what to do")
        String detail,

        @Doc("the path that was asked for") String instance,
        @Doc("to find the request in the server's logs") String requestId) {
    static final String TYPE = "application/problem+json";

    static Problem of(int status, String detail, String instance, String requestId) {
        return new Problem("about:blank", title(status), status, detail, instance, requestId);
    }

    /** {@return the status that fits an error of Sidereal} */
    static int status(SiderealException error) {
        return switch (error) {
            case BadInput _, BadConfig _, BudgetExceeded _ -> 422;
            case Denied _ -> 403;
            case Unavailable _ -> 503;
            case ArtifactMismatch _ -> 409;
            case CorruptArtifact _ -> 500;
        };
    }

    static String title(int status) {
        return switch (status) {
            case 400 -> "Bad request";
            case 401 -> "Key needed";
            case 403 -> "Not allowed";
            case 404 -> "Not found";
            case 405 -> "Method not allowed";
            case 409 -> "Conflict";
            case 411 -> "Length required";
            case 412 -> "Changed meanwhile";
            case 413 -> "Too large";
            case 415 -> "Unknown content type";
            case 421 -> "Wrong host";
            case 422 -> "Cannot be used";
            case 429 -> "Too many requests";
            case 431 -> "Headers too large";
            case 500 -> "Internal error";
            case 503 -> "Not available";
            default -> status < 500 ? "Refused" : "Failed";
        };
    }
}
