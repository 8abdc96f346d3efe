package dev.sidereal.server.frame;

import dev.sidereal.core.error.SiderealException;
import dev.sidereal.server.access.Caller;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.access.Role;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way of every request: id, guards, route, caller, limits, endpoint, reply, and whatever is thrown as a problem that
 * says what to do. Thread-safe.
 */
public final class Dispatcher implements Handler {
    private static final Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final String FILES = "files";

    private final Router router;
    private final StaticFiles files;
    private final Identity identity;
    private final OriginGuard guard;
    private final Limits limits;
    private final Metrics metrics;
    private final Map<Endpoint.Load, Gate> gates = new EnumMap<>(Endpoint.Load.class);
    private volatile boolean stopping;

    /** @param origins that may call from a browser besides our own page */
    public Dispatcher(
            List<Endpoint> endpoints,
            StaticFiles files,
            KeyRing keys,
            Set<String> origins,
            Limits limits,
            Metrics metrics) {
        this.router = new Router(endpoints);
        this.files = files;
        this.identity = new Identity(keys);
        this.guard = new OriginGuard(origins, keys.isEmpty());
        this.limits = limits;
        this.metrics = metrics;
        Gate searches = new Gate("searches", limits.searches(), limits.patience());
        Gate writes = new Gate("writes", limits.writes(), limits.patience());
        gates.put(Endpoint.Load.SEARCH, searches);
        gates.put(Endpoint.Load.WRITE, writes);
        metrics.gauge("sidereal_searches_in_flight", "Searches under way.", searches::inside);
        metrics.gauge("sidereal_writes_in_flight", "Writes under way.", writes::inside);
    }

    /** Turns away what comes from now on. */
    public void stop() {
        stopping = true;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        long start = System.nanoTime();
        String id = request.headers()
                .first(Sender.REQUEST_ID)
                .filter(given -> ID.matcher(given).matches())
                .orElseGet(() -> UUID.randomUUID().toString());
        String path = request.prologue().uriPath().rawPath();
        Trace trace = new Trace();
        int status;
        try {
            Sender.begin(response, id);
            status = answer(request, response, path, id, trace);
        } catch (RuntimeException | StackOverflowError e) {
            Reply.Whole problem = problem(e, path, id);
            status = problem.status();
            if (!response.isSent()) {
                Sender.send(request, response, problem);
            }
        }
        metrics.count(trace.endpoint, status, System.nanoTime() - start);
    }

    /** What became known of a request on its way. */
    private static final class Trace {
        private String endpoint = "none";
    }

    private int answer(ServerRequest request, ServerResponse response, String path, String id, Trace trace) {
        Optional<String> origin = guard.check(request.headers());
        origin.ifPresent(welcome -> welcome(response, welcome));
        String method = request.prologue().method().text();
        if (origin.isPresent() && method.equals("OPTIONS")) {
            return send(request, response, preflight());
        }
        boolean reads = method.equals("GET") || method.equals("HEAD");
        Optional<Router.Match> match = router.match(reads ? "GET" : method, path);
        if (match.isEmpty()) {
            trace.endpoint = FILES;
            return file(request, response, path, reads);
        }
        Endpoint endpoint = match.get().endpoint();
        trace.endpoint = endpoint.method() + " " + endpoint.path();
        if (stopping && endpoint.role() != Role.NOBODY) {
            throw Refusal.of(503, "the server is stopping; send this again to the next one");
        }
        Caller caller = identity.of(request.headers(), endpoint.role());
        checkType(request, endpoint);
        Call call = new Call(request, caller, match.get().path(), id, limits);
        Reply reply = gated(endpoint, call);
        return switch (reply) {
            case Reply.Whole whole -> send(request, response, fresh(request, endpoint, whole));
            case Reply.Events events -> {
                Sender.send(response, events);
                yield 200;
            }
        };
    }

    private Reply gated(Endpoint endpoint, Call call) {
        Gate gate = gates.get(endpoint.load());
        if (gate == null) {
            return endpoint.handler().answer(call);
        }
        gate.enter();
        try {
            return endpoint.handler().answer(call);
        } finally {
            gate.leave();
        }
    }

    /** What the reader has already is not sent again. */
    private static Reply.Whole fresh(ServerRequest request, Endpoint endpoint, Reply.Whole reply) {
        String etag = reply.headers().get("ETag");
        boolean known = endpoint.method().equals("GET") && etag != null && Sender.matches(request, etag);
        return known ? new Reply.Whole(304, "", new byte[0], reply.headers()) : reply;
    }

    private static int send(ServerRequest request, ServerResponse response, Reply.Whole reply) {
        Sender.send(request, response, reply);
        return reply.status();
    }

    private int file(ServerRequest request, ServerResponse response, String path, boolean reads) {
        Optional<StaticFiles.File> file =
                reads && !path.startsWith("/api/") && !path.startsWith("/v1/") ? files.find(path) : Optional.empty();
        Sender.send(
                request,
                response,
                file.orElseThrow(() ->
                        Refusal.of(404, "there is nothing at '" + Text.shown(path) + "'; /docs lists what there is")));
        return response.status().code();
    }

    private static void checkType(ServerRequest request, Endpoint endpoint) {
        Endpoint.@Nullable Media body = endpoint.body();
        if (body == null) {
            return;
        }
        String got = request.headers()
                .first(HeaderNames.CONTENT_TYPE)
                .map(type -> type.split(";", 2)[0].strip())
                .orElse("");
        if (!got.equalsIgnoreCase(body.type())) {
            throw Refusal.of(
                    415,
                    "the body must be " + body.type() + ", got "
                            + (got.isEmpty() ? "no Content-Type" : "'" + Text.shown(got) + "'")
                            + "; set the header Content-Type");
        }
        String coding = request.headers().first(HeaderNames.CONTENT_ENCODING).orElse("identity");
        if (!coding.equalsIgnoreCase("identity")) {
            throw Refusal.of(415, "the body is encoded as '" + Text.shown(coding) + "'; send it plain");
        }
    }

    private static void welcome(ServerResponse response, String origin) {
        response.header("Access-Control-Allow-Origin", origin);
        response.headers().add(HeaderNames.VARY, "Origin");
        response.header("Access-Control-Expose-Headers", "X-Request-Id, ETag, Location, Retry-After");
        response.header("Cross-Origin-Resource-Policy", "cross-origin");
    }

    private static Reply.Whole preflight() {
        return Reply.empty(204)
                .with("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
                .with(
                        "Access-Control-Allow-Headers",
                        "Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id, X-Sidereal-As, timeout_ms")
                .with("Access-Control-Max-Age", "600");
    }

    private static Reply.Whole problem(Throwable thrown, String path, String id) {
        return switch (thrown) {
            case Refusal refusal ->
                problem(refusal.status(), String.valueOf(refusal.getMessage()), path, id, refusal.headers());
            case SiderealException error ->
                problem(Problem.status(error), String.valueOf(error.getMessage()), path, id, Map.of());
            case StackOverflowError _ ->
                problem(422, "the request is nested too deeply; write it flatter", path, id, Map.of());
            default -> {
                LOG.log(Level.WARNING, "request " + id + " failed", thrown);
                yield problem(
                        500, "something unexpected happened; the server's log has it under " + id, path, id, Map.of());
            }
        };
    }

    private static Reply.Whole problem(int status, String detail, String path, String id, Map<String, String> headers) {
        return new Reply.Whole(
                status, Problem.TYPE, Json.write(Problem.of(status, detail, Text.shown(path), id)), headers);
    }
}
