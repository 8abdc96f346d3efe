package dev.sidereal.model.server;

import dev.sidereal.core.error.BadConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

/**
 * A model behind a server, and how patiently it is asked.
 *
 * @param service what it is asked for
 * @param name how the user named it, without a key
 * @param address where requests are posted
 * @param model the model's name on that server
 * @param key sent as bearer token; empty for none
 * @param timeout how long one request may take
 * @param attempts how often a request is tried in all, at least once
 * @param backOff pause before the second attempt, doubled before each further one, at most a minute
 */
public record Endpoint(
        Service service,
        String name,
        URI address,
        String model,
        String key,
        Duration timeout,
        int attempts,
        Duration backOff) {
    private static final int ATTEMPTS = 5;
    private static final Duration BACK_OFF = Duration.ofMillis(500);

    /** @throws BadConfig if it is never tried */
    public Endpoint {
        if (attempts < 1) {
            throw new BadConfig("A server needs at least 1 attempt, got " + attempts + ".");
        }
    }

    /**
     * Reads {@code http(s)://host[:port][/path]#model}; what the service wants, {@code /v1/embeddings} for example, is
     * added to the path. The key is taken from the service's variable.
     *
     * @throws BadConfig if the address has no host or no model
     */
    public static Endpoint of(String spec, Service service, Map<String, String> environment) {
        int hash = spec.indexOf('#');
        if (hash < 0 || hash == spec.length() - 1) {
            throw new BadConfig("The server " + spec + " needs a model's name behind a #, as in http://localhost:8080#"
                    + service.exampleModel() + ".");
        }
        String base = spec.substring(0, hash).replaceFirst("/+$", "").replaceFirst("/v1$", "");
        URI address;
        try {
            address = URI.create(base + service.path());
        } catch (IllegalArgumentException e) {
            throw new BadConfig("The server " + spec + " is no address: " + e.getMessage(), e);
        }
        if (address.getHost() == null || address.getUserInfo() != null) {
            throw new BadConfig("The server's address needs a host and must hold no user or key; expected "
                    + "http(s)://host[:port][/path]#model, with the key in " + service.keyVariable() + ".");
        }
        // A sentence is written word by word.
        Duration timeout = service == Service.CHAT ? Duration.ofMinutes(10) : Duration.ofMinutes(1);
        return new Endpoint(
                service,
                spec,
                address,
                spec.substring(hash + 1),
                environment.getOrDefault(service.keyVariable(), ""),
                timeout,
                ATTEMPTS,
                BACK_OFF);
    }

    /** {@return whether a user means a server by it} */
    public static boolean isAddress(String spec) {
        return spec.startsWith("http://") || spec.startsWith("https://");
    }

    /** {@return the same server, asked with other patience} */
    public Endpoint withPatience(Duration longest, int tries, Duration firstPause) {
        return new Endpoint(service, name, address, model, key, longest, tries, firstPause);
    }

    /** The server in a sentence, without the key, which belongs in no message. */
    @Override
    public String toString() {
        return service.words() + " " + name;
    }
}
