package dev.sidereal.server.frame;

import dev.sidereal.server.access.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint: what routing, role checks, limits, the OpenAPI description, the readable page and the tests that call
 * everything are derived from. Immutable.
 *
 * @param method upper case
 * @param path with parameters in braces
 * @param group heading under which it is described
 * @param summary one phrase
 * @param notes more sentences, may be empty
 * @param role needed
 * @param params of path, query and headers
 * @param body what is sent, or null for nothing
 * @param answers what comes back when all is well, the usual one first
 * @param load which limit of concurrency counts it
 * @param handler what it does
 */
public record Endpoint(
        String method,
        String path,
        String group,
        String summary,
        String notes,
        Role role,
        List<Param> params,
        @Nullable Media body,
        List<Answer> answers,
        Load load,
        Handler handler) {
    public Endpoint {
        params = List.copyOf(params);
        answers = List.copyOf(answers);
    }

    /** Does the work of an endpoint. */
    @FunctionalInterface
    public interface Handler {
        /**
         * Answers a call.
         *
         * @throws Refusal or an error of Sidereal; anything else is a defect
         */
        Reply answer(Call call);
    }

    /** Which limit of concurrency counts a call. */
    public enum Load {
        NONE,
        SEARCH,
        WRITE
    }

    /**
     * Content with its type.
     *
     * @param type media type
     * @param schema record for JSON; {@code String} for text
     */
    public record Media(String type, Class<?> schema) {
        /** {@return JSON of the form of a record} */
        public static Media json(Class<?> schema) {
            return new Media("application/json", schema);
        }

        /** {@return lines of JSON, each of the form of a record} */
        public static Media lines(Class<?> schema) {
            return new Media("application/x-ndjson", schema);
        }

        /** {@return text of another type} */
        public static Media text(String type) {
            return new Media(type, String.class);
        }
    }

    /**
     * One way in which all is well.
     *
     * @param status of the response
     * @param what it means
     * @param content what it carries, or null for nothing
     */
    public record Answer(int status, String what, @Nullable Media content) {}

    /** {@return the beginning of an endpoint for readers} */
    public static Builder get(String path) {
        return new Builder("GET", path);
    }

    /** {@return the beginning of an endpoint for readers} */
    public static Builder post(String path) {
        return new Builder("POST", path);
    }

    /** {@return the beginning of an endpoint for writers} */
    public static Builder put(String path) {
        return new Builder("PUT", path).needs(Role.WRITER);
    }

    /** {@return the beginning of an endpoint for writers} */
    public static Builder delete(String path) {
        return new Builder("DELETE", path).needs(Role.WRITER);
    }

    /** An endpoint being described. Used by one thread. */
    public static final class Builder {
        private final String method;
        private final String path;
        private final List<Param> params = new ArrayList<>();
        private final List<Answer> answers = new ArrayList<>();
        private String group = "";
        private String summary = "";
        private String notes = "";
        private Role role = Role.READER;
        private Load load = Load.NONE;
        private @Nullable Media body;

        private Builder(String method, String path) {
            this.method = method;
            this.path = path;
        }

        /** Says what it does, and under which heading. */
        public Builder summary(String group, String summary) {
            this.group = group;
            this.summary = summary;
            return this;
        }

        /** Says more. */
        public Builder notes(String notes) {
            this.notes = notes;
            return this;
        }

        /** Says who may call it. */
        public Builder needs(Role role) {
            this.role = role;
            return this;
        }

        /** Adds parameters. */
        public Builder with(Param... params) {
            this.params.addAll(List.of(params));
            return this;
        }

        /** Says what is sent. */
        public Builder takes(Media body) {
            this.body = body;
            return this;
        }

        /** Adds a way in which all is well. */
        public Builder gives(int status, String what, @Nullable Media content) {
            answers.add(new Answer(status, what, content));
            return this;
        }

        /** Adds the way in which all is well with JSON. */
        public Builder gives(String what, Class<?> schema) {
            return gives(200, what, Media.json(schema));
        }

        /** Says which limit of concurrency counts it. */
        public Builder load(Load load) {
            this.load = load;
            return this;
        }

        /** {@return the endpoint} */
        public Endpoint answeredBy(Handler handler) {
            return new Endpoint(
                    method,
                    path,
                    Objects.requireNonNull(group),
                    summary,
                    notes,
                    role,
                    params,
                    body,
                    answers,
                    load,
                    handler);
        }
    }
}
