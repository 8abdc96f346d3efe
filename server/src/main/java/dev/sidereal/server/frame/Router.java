package dev.sidereal.server.frame;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** Finds the endpoint of a request. A part of a path is decoded after the path was parted. Immutable. */
final class Router {
    private final List<Route> routes = new ArrayList<>();

    Router(List<Endpoint> endpoints) {
        endpoints.forEach(endpoint -> routes.add(new Route(endpoint, parts(endpoint.path()))));
        // Fixed parts before parameters: /evaluations/sets before /evaluations/{id}.
        routes.sort((a, b) -> Long.compare(a.parameters(), b.parameters()));
    }

    private record Route(Endpoint endpoint, List<String> parts) {
        long parameters() {
            return parts.stream().filter(part -> part.startsWith("{")).count();
        }

        Optional<Map<String, String>> match(List<String> path) {
            if (path.size() != parts.size()) {
                return Optional.empty();
            }
            Map<String, String> found = new HashMap<>();
            for (int i = 0; i < parts.size(); i++) {
                String part = parts.get(i);
                if (part.startsWith("{")) {
                    found.put(part.substring(1, part.length() - 1), decode(path.get(i)));
                } else if (!part.equals(path.get(i))) {
                    return Optional.empty();
                }
            }
            return Optional.of(found);
        }
    }

    /**
     * An endpoint with the parameters of its path.
     *
     * @param endpoint found
     * @param path parameter to value, decoded
     */
    record Match(Endpoint endpoint, Map<String, String> path) {}

    /**
     * {@return the endpoint, empty if the path belongs to none}
     *
     * @throws Refusal 405 if it belongs to one of another method
     */
    Optional<Match> match(String method, String rawPath) {
        List<String> path = parts(rawPath);
        TreeSet<String> others = new TreeSet<>();
        for (Route route : routes) {
            Optional<Map<String, String>> found = route.match(path);
            if (found.isPresent() && route.endpoint().method().equals(method)) {
                return Optional.of(new Match(route.endpoint(), found.get()));
            }
            found.ifPresent(_ -> others.add(route.endpoint().method()));
        }
        if (others.isEmpty()) {
            return Optional.empty();
        }
        throw Refusal.of(
                        405,
                        Text.shown(rawPath) + " does not take " + method + "; it takes " + String.join(", ", others))
                .with("Allow", String.join(", ", others));
    }

    private static List<String> parts(String path) {
        return List.of(path.substring(1).split("/", -1));
    }

    private static String decode(String part) {
        try {
            return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Refusal.of(400, "'" + Text.shown(part) + "' in the path is not percent-encoded as it should be");
        }
    }
}
