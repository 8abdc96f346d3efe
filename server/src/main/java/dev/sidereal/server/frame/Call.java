package dev.sidereal.server.frame;

import dev.sidereal.core.Deadline;
import dev.sidereal.server.access.Caller;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request as its endpoint sees it: checked, with its caller known. Used by one thread. */
public final class Call {
    /** Header or query parameter that says how long the caller waits. */
    public static final String TIMEOUT = "timeout_ms";

    private final ServerRequest request;
    private final Caller caller;
    private final Map<String, String> path;
    private final String requestId;
    private final Limits limits;

    Call(ServerRequest request, Caller caller, Map<String, String> path, String requestId, Limits limits) {
        this.request = request;
        this.caller = caller;
        this.path = path;
        this.requestId = requestId;
        this.limits = limits;
    }

    /** {@return who calls} */
    public Caller caller() {
        return caller;
    }

    /** {@return the id under which logs know this request} */
    public String requestId() {
        return requestId;
    }

    /** {@return the limits of this server} */
    public Limits limits() {
        return limits;
    }

    /** {@return a part of the path, decoded} */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the path has no parameter " + name);
        }
        return value;
    }

    /** {@return a header} */
    public Optional<String> header(String name) {
        return request.headers().first(HeaderNames.create(name));
    }

    /** {@return a parameter of the query} */
    public Optional<String> query(String name) {
        return request.query().first(name).asOptional();
    }

    /**
     * {@return a text of the query}
     *
     * @throws Refusal 422 without it
     */
    public String needed(String name) {
        return query(name)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> Refusal.of(422, "the parameter '" + name + "' is missing: write ?" + name + "=..."));
    }

    /** {@return texts of the query parted by commas, none without it} */
    public List<String> list(String name) {
        return query(name).map(Call::split).orElse(List.of());
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
    }

    /**
     * {@return a whole number of the query, or null without it}
     *
     * @throws Refusal 422 if it is none
     */
    public @Nullable Integer number(String name) {
        return query(name).map(text -> integer(name, text)).orElse(null);
    }

    private static Integer integer(String name, String text) {
        try {
            return Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw Refusal.of(422, "'" + name + "' must be a whole number, got '" + Text.shown(text) + "'");
        }
    }

    /**
     * {@return until when the caller waits}
     *
     * @param asked milliseconds from the body; else those of header or query count, else the server's own limit
     */
    public Deadline deadline(@Nullable Integer asked) {
        Integer millis = asked != null ? asked : number(TIMEOUT);
        if (millis == null) {
            millis = header(TIMEOUT).map(text -> integer(TIMEOUT, text)).orElse(null);
        }
        if (millis == null) {
            return Deadline.in(limits.timeout());
        }
        long most = limits.maxTimeout().toMillis();
        if (millis < 1 || millis > most) {
            throw Refusal.of(422, "'" + TIMEOUT + "' must be from 1 to " + most + " milliseconds, got " + millis);
        }
        return Deadline.in(Duration.ofMillis(millis));
    }

    /**
     * {@return the body as a record}
     *
     * @throws Refusal 400, 413 or 422
     */
    public <T extends Record> T body(Class<T> form) {
        return Json.read(bytes(), form, "the body");
    }

    /**
     * {@return the body as it is}
     *
     * @throws Refusal 413 if it is too large
     */
    public byte[] bytes() {
        checkLength(limits.bodyBytes());
        try {
            byte[] body = stream().readNBytes(limits.bodyBytes() + 1);
            if (body.length > limits.bodyBytes()) {
                throw tooLarge(limits.bodyBytes());
            }
            return body;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * {@return the lines of the body, read as they come}
     *
     * @throws Refusal 413 if it says that it is too large
     */
    public Lines lines() {
        checkLength(limits.bulkBytes());
        return new Lines(stream(), limits);
    }

    private InputStream stream() {
        return request.content().hasEntity() ? request.content().inputStream() : InputStream.nullInputStream();
    }

    private void checkLength(long most) {
        if (request.headers().contentLength().orElse(0) > most) {
            throw tooLarge(most);
        }
    }

    static Refusal tooLarge(long most) {
        return Refusal.of(413, "the body is over the limit of " + most + " bytes; send it in parts");
    }
}
