package dev.sidereal.server.frame;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an endpoint answers: a whole body, or events one after the other. */
public sealed interface Reply {
    /**
     * A body as a whole.
     *
     * @param status of the response
     * @param type media type, empty without body
     * @param body bytes
     * @param headers besides those that every response carries
     */
    record Whole(int status, String type, byte[] body, Map<String, String> headers) implements Reply {
        /** {@return this reply with a header} */
        public Whole with(String name, String value) {
            Map<String, String> more = new LinkedHashMap<>(headers);
            more.put(name, value);
            return new Whole(status, type, body, more);
        }
    }

    /**
     * Server-sent events.
     *
     * @param source called once; sends until it returns
     */
    record Events(Source source) implements Reply {}

    /** Sends events. */
    @FunctionalInterface
    interface Source {
        /** Sends all there is to send; ends early when the reader has gone. */
        void sendTo(Sink sink) throws InterruptedException;
    }

    /** Takes events. */
    @FunctionalInterface
    interface Sink {
        /**
         * Sends one event.
         *
         * @param data written as JSON; null for a sign of life without event
         * @return false if the reader has gone
         */
        boolean send(String event, @Nullable Object data);
    }

    /** {@return JSON} */
    static Whole json(Object value) {
        return json(200, value);
    }

    /** {@return JSON with a status} */
    static Whole json(int status, Object value) {
        return new Whole(status, "application/json", Json.write(value), Map.of());
    }

    /** {@return a text} */
    static Whole text(String type, String text) {
        return new Whole(200, type, text.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /** {@return nothing but a status} */
    static Whole empty(int status) {
        return new Whole(status, "", new byte[0], Map.of());
    }
}
