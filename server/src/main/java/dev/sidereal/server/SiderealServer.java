package dev.sidereal.server;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.engine.LiveIndex;
import dev.sidereal.engine.Workspace;
import dev.sidereal.server.endpoint.AuditLog;
import dev.sidereal.server.frame.Dispatcher;
import dev.sidereal.server.frame.Metrics;
import dev.sidereal.server.frame.StaticFiles;
import dev.sidereal.server.job.EvaluationSets;
import dev.sidereal.server.job.Jobs;
import dev.sidereal.server.job.RetrievalWork;
import io.helidon.webserver.WebServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A running server over one index of a workspace. Closing it finishes what is under way, turns the rest away, and
 * commits. Thread-safe.
 */
public final class SiderealServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ServerSettings settings;
    /** The last opened first. */
    private final Deque<AutoCloseable> opened;

    private final Dispatcher dispatcher;
    private final WebServer web;

    private SiderealServer(ServerSettings settings, Deque<AutoCloseable> opened, Dispatcher dispatcher, WebServer web) {
        this.settings = settings;
        this.opened = opened;
        this.dispatcher = dispatcher;
        this.web = web;
    }

    /**
     * Starts one.
     *
     * @param name of the index
     * @throws BadConfig if the port is taken or there is no such index
     * @throws Unavailable if another process writes the index
     */
    public static SiderealServer start(Workspace workspace, String name, ServerSettings settings) {
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            LiveIndex index = LiveIndex.open(workspace.index(name));
            opened.push(index);
            AuditLog audit = new AuditLog(workspace.path());
            opened.push(audit);
            List<Path> places = new ArrayList<>(List.of(workspace.data()));
            places.addAll(settings.samples());
            EvaluationSets sets = new EvaluationSets(places);
            Jobs jobs = new Jobs(workspace.evaluations(), new RetrievalWork(sets));
            opened.push(jobs);
            Metrics metrics = new Metrics();
            metrics.gauge("sidereal_jobs_open", "Evaluations that wait or run.", jobs::open);
            Api api = new Api(workspace.path().toString(), name, index, audit, sets, jobs, metrics);
            String page = System.getProperty("sidereal.web");
            Dispatcher dispatcher = new Dispatcher(
                    api.endpoints(),
                    new StaticFiles(page == null ? null : Path.of(page)),
                    settings.keys(),
                    settings.origins(),
                    settings.limits(),
                    metrics);
            return new SiderealServer(settings, opened, dispatcher, web(settings, dispatcher));
        } catch (RuntimeException e) {
            close(opened);
            throw e;
        }
    }

    private static void close(Deque<AutoCloseable> opened) {
        RuntimeException failure = null;
        for (AutoCloseable one : opened) {
            try {
                one.close();
            } catch (Exception e) {
                failure = failure == null ? new IllegalStateException("the server did not close well", e) : failure;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    private static WebServer web(ServerSettings settings, Dispatcher dispatcher) {
        checkPort(settings);
        WebServer web = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .featuresDiscoverServices(false)
                .routing(routing -> routing.any(dispatcher))
                .build();
        web.start();
        if (!web.isRunning()) {
            throw taken(settings, null);
        }
        return web;
    }

    /** Helidon does not throw when a port is taken; asking first gives a better sentence than its log does. */
    private static void checkPort(ServerSettings settings) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
        } catch (IOException e) {
            throw taken(settings, e);
        }
    }

    private static BadConfig taken(ServerSettings settings, @Nullable IOException cause) {
        String why = cause == null ? "" : " (" + cause.getMessage() + ")";
        return new BadConfig("cannot listen on " + settings.host() + ":" + settings.port() + why
                + "; another program may use the port, try another with --port");
    }

    /** {@return the port it listens on} */
    public int port() {
        return web.port();
    }

    /** {@return where the page is} */
    public String address() {
        String host = settings.host().equals("127.0.0.1") ? "localhost" : settings.host();
        return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port() + "/";
    }

    @Override
    public void close() {
        dispatcher.stop();
        web.stop();
        close(opened);
    }
}
