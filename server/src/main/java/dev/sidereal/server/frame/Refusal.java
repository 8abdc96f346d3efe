package dev.sidereal.server.frame;

import java.util.Map;

/** A request that is turned down, with the status that says how. Carries no stack trace: nothing is wrong in here. */
public final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient Map<String, String> headers;

    private Refusal(int status, String detail, Map<String, String> headers) {
        super(detail, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
    }

    /** {@return a refusal with a sentence that says what to do} */
    public static Refusal of(int status, String detail) {
        return new Refusal(status, detail, Map.of());
    }

    /** {@return this refusal with a header} */
    public Refusal with(String name, String value) {
        return new Refusal(status, String.valueOf(getMessage()), Map.of(name, value));
    }

    /** {@return the status of the response} */
    public int status() {
        return status;
    }

    Map<String, String> headers() {
        return headers;
    }
}
