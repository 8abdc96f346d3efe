package dev.sidereal.server;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.Unavailable;
import dev.sidereal.engine.LiveIndex;
import dev.sidereal.engine.Workspace;
import dev.sidereal.server.frame.Dispatcher;
import dev.sidereal.server.frame.Metrics;
import dev.sidereal.server.frame.StaticFiles;
import io.helidon.webserver.WebServer;
import java.nio.file.Path;
import java.time.Duration;

/**
 * A running server over one index of a workspace. Closing it finishes what is under way, turns the rest away, and
 * commits. Thread-safe.
 */
public final class SiderealServer implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final ServerSettings settings;
    private final LiveIndex index;
    private final Dispatcher dispatcher;
    private final WebServer web;

    private SiderealServer(ServerSettings settings, LiveIndex index, Dispatcher dispatcher, WebServer web) {
        this.settings = settings;
        this.index = index;
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
        LiveIndex index = LiveIndex.open(workspace.index(name));
        try {
            Metrics metrics = new Metrics();
            String page = System.getProperty("sidereal.web");
            Dispatcher dispatcher = new Dispatcher(
                    Api.of(workspace.path().toString(), name, index, metrics),
                    new StaticFiles(page == null ? null : Path.of(page)),
                    settings.keys(),
                    settings.origins(),
                    settings.limits(),
                    metrics);
            return new SiderealServer(settings, index, dispatcher, web(settings, dispatcher));
        } catch (RuntimeException e) {
            index.close();
            throw e;
        }
    }

    private static WebServer web(ServerSettings settings, Dispatcher dispatcher) {
        WebServer web = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(GRACE)
                .featuresDiscoverServices(false)
                .routing(routing -> routing.any(dispatcher))
                .build();
        try {
            return web.start();
        } catch (RuntimeException e) {
            web.stop();
            throw new BadConfig(
                    "cannot listen on " + settings.host() + ":" + settings.port()
                            + "; another program may use the port, try --port " + (settings.port() + 1),
                    e);
        }
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
        index.close();
    }
}
