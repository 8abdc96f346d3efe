package dev.sidereal.model.server;

import dev.sidereal.core.error.BadConfig;
import java.time.Duration;
import java.util.Map;

/**
 * How to use an embedding server.
 *
 * @param endpoint where it is
 * @param queryPrompt written before each query, may be empty
 * @param documentPrompt written before each document, may be empty
 * @param batch most texts a request
 */
public record ServerSettings(Endpoint endpoint, String queryPrompt, String documentPrompt, int batch) {
    public ServerSettings {
        if (batch < 1) {
            throw new BadConfig("An embedding server needs at least 1 text a request, got batch " + batch + ".");
        }
    }

    /**
     * {@return the settings of {@code http(s)://host[:port][/path]#model}}
     *
     * @throws BadConfig if the address has no host or no model
     */
    public static ServerSettings of(String spec, Map<String, String> environment) {
        return new ServerSettings(Endpoint.of(spec, Service.EMBEDDINGS, environment), "", "", 64);
    }

    /** {@return how the user named it, without a key} */
    public String name() {
        return endpoint.name();
    }

    /** {@return these settings with texts written before queries and documents} */
    public ServerSettings withPrompts(String query, String document) {
        return new ServerSettings(endpoint, query, document, batch);
    }

    /** {@return these settings with other limits on requests} */
    public ServerSettings withRequests(int texts, Duration longest, int tries, Duration firstPause) {
        return new ServerSettings(
                endpoint.withPatience(longest, tries, firstPause), queryPrompt, documentPrompt, texts);
    }
}
