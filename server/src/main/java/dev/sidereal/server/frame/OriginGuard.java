package dev.sidereal.server.frame;

import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps foreign web pages out: a page of another origin gets in only if that origin is named, and a server without keys
 * answers to names of this machine only, so that no page can point its own name here (DNS rebinding). Immutable.
 *
 * @param origins that may call from a browser, {@code https://example.org}
 * @param localOnly whether only names of this machine are answered to
 */
record OriginGuard(Set<String> origins, boolean localOnly) {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "[::1]");

    OriginGuard {
        origins = Set.copyOf(origins);
    }

    /**
     * Checks a request.
     *
     * @return the origin to be told that it is welcome, empty if the request is of no other origin
     * @throws Refusal 421 for a foreign host name, 403 for a foreign origin
     */
    Optional<String> check(ServerRequestHeaders headers) {
        String host = headers.first(HeaderNames.HOST).orElse("").toLowerCase(Locale.ROOT);
        if (localOnly && !LOCAL.contains(name(host))) {
            throw Refusal.of(
                    421,
                    "this server works without keys and answers to localhost only, got the host '" + Text.shown(host)
                            + "'; use http://localhost, or start the server with --keys");
        }
        Optional<String> origin = headers.first(HeaderNames.ORIGIN);
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        if (origins.contains(origin.get())) {
            return origin;
        }
        if (!isSame(origin.get(), host)) {
            throw Refusal.of(
                    403,
                    "pages of the origin '" + Text.shown(origin.get())
                            + "' may not call this server; --cors names the origins that may");
        }
        return Optional.empty();
    }

    private static boolean isSame(String origin, String host) {
        try {
            return host.equals(URI.create(origin.toLowerCase(Locale.ROOT)).getRawAuthority());
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String name(String host) {
        int port = host.lastIndexOf(':');
        return port > host.lastIndexOf(']') ? host.substring(0, port) : host;
    }
}
