package dev.sidereal.server;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.server.access.KeyRing;
import dev.sidereal.server.frame.Limits;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * How a server is run.
 *
 * @param host name or address it listens on
 * @param port 0 for a free one
 * @param keys none: only this machine is served, and everybody on it may do everything
 * @param origins of foreign web pages that may call it, such as {@code https://example.org}
 * @param limits on requests
 * @param samples folders of folders to evaluate on, besides the workspace's {@code data/}
 */
public record ServerSettings(
        String host, int port, KeyRing keys, Set<String> origins, Limits limits, List<Path> samples) {
    /** The port unless told otherwise. */
    public static final int PORT = 8077;

    public ServerSettings {
        origins = Set.copyOf(origins);
        samples = List.copyOf(samples);
        if (port < 0 || port > 65_535) {
            throw new BadConfig("a port is from 0 to 65535, got " + port);
        }
        for (String origin : origins) {
            if (!origin.matches("https?://[^/*\\s]+")) {
                throw new BadConfig("'" + origin + "' is no origin; expected such as https://example.org");
            }
        }
        if (keys.isEmpty() && !isLoopback(host)) {
            throw new BadConfig("listening on " + host
                    + " lets other machines in, and there are no keys; make one with ./sidereal keys add NAME and give"
                    + " --keys FILE, or leave --host out");
        }
    }

    /** {@return a server for this machine alone} */
    public static ServerSettings local() {
        return new ServerSettings("127.0.0.1", PORT, KeyRing.empty(), Set.of(), Limits.standard(), List.of());
    }

    /** {@return these settings with another port} */
    public ServerSettings withPort(int port) {
        return new ServerSettings(host, port, keys, origins, limits, samples);
    }

    /** {@return these settings with another host and keys} */
    public ServerSettings withHost(String host, KeyRing keys) {
        return new ServerSettings(host, port, keys, origins, limits, samples);
    }

    /** {@return these settings with origins that may call from a browser} */
    public ServerSettings withOrigins(Set<String> origins) {
        return new ServerSettings(host, port, keys, origins, limits, samples);
    }

    /** {@return these settings with other limits} */
    public ServerSettings withLimits(Limits limits) {
        return new ServerSettings(host, port, keys, origins, limits, samples);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            throw new BadConfig("the host '" + host + "' is not known; give a name or address of this machine", e);
        }
    }
}
