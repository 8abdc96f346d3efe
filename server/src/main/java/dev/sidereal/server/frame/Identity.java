package dev.sidereal.server.frame;

import dev.sidereal.core.Principal;
import dev.sidereal.server.access.Caller;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.access.Role;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerRequestHeaders;
import java.util.Optional;

/** Finds out who calls, and whether they may. Immutable. */
final class Identity {
    private static final HeaderName AS = HeaderNames.create("X-Sidereal-As");
    private static final String BEARER = "Bearer ";

    private final KeyRing keys;

    Identity(KeyRing keys) {
        this.keys = keys;
    }

    /**
     * {@return the caller of an endpoint}
     *
     * @throws Refusal 401 without a key that is known, 403 if the key may not do this
     */
    Caller of(ServerRequestHeaders headers, Role needed) {
        if (needed == Role.NOBODY) {
            return Caller.nobody();
        }
        Caller caller = keys.isEmpty() ? Caller.local() : keyed(headers);
        if (!caller.role().covers(needed)) {
            throw Refusal.of(
                    403,
                    "the key '" + caller.name() + "' has the role "
                            + caller.role().label() + ", this needs " + needed.label() + "; use another key");
        }
        Optional<String> as = headers.first(AS);
        if (as.isEmpty()) {
            return caller;
        }
        if (caller.role() != Role.ADMIN) {
            throw Refusal.of(
                    403,
                    "X-Sidereal-As is for the role admin, the key '" + caller.name() + "' has "
                            + caller.role().label() + "; leave the header out");
        }
        return caller.as(Principal.parse(as.get()));
    }

    private Caller keyed(ServerRequestHeaders headers) {
        String authorization = headers.first(HeaderNames.AUTHORIZATION).orElse("");
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw unknown("this needs a key: send the header 'Authorization: Bearer KEY'");
        }
        return keys.caller(authorization.substring(BEARER.length()).strip())
                .orElseThrow(() -> unknown("the key is not known here; check it, or ask for another"));
    }

    private static Refusal unknown(String detail) {
        return Refusal.of(401, detail).with("WWW-Authenticate", "Bearer realm=\"sidereal\"");
    }
}
