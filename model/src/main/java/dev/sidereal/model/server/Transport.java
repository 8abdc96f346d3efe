package dev.sidereal.model.server;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.error.Unavailable;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;

/**
 * Posts requests and tries again where that can help: 408, 429, 5xx, time-outs, broken connections. The pause is what
 * the server's {@code Retry-After} says, else doubles from attempt to attempt. Thread-safe.
 */
public final class Transport implements AutoCloseable {
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int SHOWN = 300;

    private final Endpoint server;
    private final HttpClient client;

    /** Makes a client; nothing is sent yet. */
    public Transport(Endpoint server) {
        this.server = server;
        this.client =
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    }

    /**
     * Posts JSON.
     *
     * @return the body of a reply with status 200
     * @throws Unavailable if no attempt was answered
     * @throws BadConfig if the server refuses the key, the address or the model
     * @throws BadInput if the server refuses what it is sent
     */
    public String post(String json) {
        HttpRequest request = request(json);
        String last = "";
        for (int attempt = 1; ; attempt++) {
            Duration pause = pause(attempt);
            try {
                HttpResponse<String> reply = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (reply.statusCode() == 200) {
                    return reply.body();
                }
                last = "status " + reply.statusCode() + said(reply.body());
                refuse(reply.statusCode(), last);
                pause = reply.headers()
                        .firstValue("Retry-After")
                        .map(value -> retryAfter(value, pause(1), Instant.now()))
                        .orElse(pause);
            } catch (IOException e) {
                last = masked(e.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Unavailable("Waiting for the " + server + " was interrupted.", e);
            }
            if (attempt == server.attempts()) {
                throw new Unavailable(
                        "The " + server + " gave no " + server.service().gives() + " in " + attempt
                                + " attempts (last: " + last + "); try again later, or check that it runs.");
            }
            sleep(pause);
        }
    }

    /** Errors that no second attempt mends. */
    private void refuse(int status, String last) {
        if (status == 401 || status == 403) {
            throw new BadConfig("The " + server + " refuses the key (" + last + "); set "
                    + server.service().keyVariable() + " to a valid one.");
        }
        if (status == 404 || status == 405) {
            throw new BadConfig("The " + server + " has no such model or address (" + last
                    + "); expected it to answer at " + server.address() + ".");
        }
        if (status < 500 && status != 408 && status != 425 && status != 429) {
            throw new BadInput("The " + server + " refuses the "
                    + server.service().takes() + " (" + last + "); shorten them, or send fewer at a time.");
        }
    }

    /** Pause by a {@code Retry-After} of seconds or of a date; at most a minute. */
    static Duration retryAfter(String value, Duration otherwise, Instant now) {
        Duration asked = otherwise;
        String text = value.strip();
        try {
            asked = text.chars().allMatch(Character::isDigit) && !text.isEmpty() && text.length() < 10
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
        } catch (DateTimeParseException e) {
            return otherwise;
        }
        if (asked.isNegative()) {
            return Duration.ZERO;
        }
        return asked.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : asked;
    }

    private Duration pause(int attempt) {
        Duration pause = server.backOff().multipliedBy(1L << Math.min(attempt - 1, 20));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }

    private HttpRequest request(String json) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.address())
                .timeout(server.timeout())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json));
        if (!server.key().isEmpty()) {
            request.header("Authorization", "Bearer " + server.key());
        }
        return request.build();
    }

    private String said(String body) {
        String line = masked(body.replaceAll("\\s+", " ").strip());
        return line.isEmpty() ? "" : ": " + (line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line);
    }

    private String masked(String text) {
        return server.key().isEmpty() ? text : text.replace(server.key(), "***");
    }

    private void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Unavailable("Waiting for the " + server + " was interrupted.", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
