package dev.sidereal.model.server;

import dev.sidereal.core.error.BadConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * How to reach an embedding server.
 *
 * @param name how the user named it, without a key
 * @param endpoint where requests are posted
 * @param model the model's name on that server
 * @param key sent as bearer token; empty for none
 * @param queryPrompt written before each query, may be empty
 * @param documentPrompt written before each document, may be empty
 * @param batch most texts a request
 * @param timeout how long one request may take
 * @param attempts how often a request is tried in all
 * @param backOff pause before the second attempt, doubled before each further one, at most a minute
 */
public record ServerSettings(
        String name,
        URI endpoint,
        String model,
        String key,
        String queryPrompt,
        String documentPrompt,
        int batch,
        Duration timeout,
        int attempts,
        Duration backOff) {
    /** The environment variable that holds the key. */
    public static final String KEY_VARIABLE = "SIDEREAL_EMBEDDING_KEY";

    public ServerSettings {
        if (batch < 1 || attempts < 1) {
            throw new BadConfig("An embedding server needs at least 1 text a request and 1 attempt, got batch " + batch
                    + " and attempts " + attempts + ".");
        }
    }

    /**
     * Reads {@code http(s)://host[:port][/path]#model}; {@code /v1/embeddings} is added to the path.
     *
     * @throws BadConfig if the address has no host or no model
     */
    public static ServerSettings of(String spec, Map<String, String> environment) {
        int hash = spec.indexOf('#');
        if (hash < 0 || hash == spec.length() - 1) {
            throw new BadConfig("The server " + spec + " needs a model's name behind a #, as in "
                    + "http://localhost:8080#bge-small-en-v1.5.");
        }
        String base = spec.substring(0, hash).replaceFirst("/+$", "").replaceFirst("/v1$", "");
        URI endpoint;
        try {
            endpoint = URI.create(base + "/v1/embeddings");
        } catch (IllegalArgumentException e) {
            throw new BadConfig("The server " + spec + " is no address: " + e.getMessage(), e);
        }
        if (endpoint.getHost() == null || endpoint.getUserInfo() != null) {
            throw new BadConfig("The server's address needs a host and must hold no user or key; expected "
                    + "http(s)://host[:port][/path]#model, with the key in " + KEY_VARIABLE + ".");
        }
        return new ServerSettings(
                spec,
                endpoint,
                spec.substring(hash + 1),
                environment.getOrDefault(KEY_VARIABLE, ""),
                "",
                "",
                64,
                Duration.ofSeconds(60),
                5,
                Duration.ofMillis(500));
    }

    /** {@return these settings with texts written before queries and documents} */
    public ServerSettings withPrompts(String query, String document) {
        return new ServerSettings(name, endpoint, model, key, query, document, batch, timeout, attempts, backOff);
    }

    /** {@return these settings with other limits on requests} */
    public ServerSettings withRequests(int texts, Duration longest, int tries, Duration firstPause) {
        return new ServerSettings(
                name, endpoint, model, key, queryPrompt, documentPrompt, texts, longest, tries, firstPause);
    }

    /** The settings without the key, which belongs in no message. */
    @Override
    public String toString() {
        return name;
    }
}
