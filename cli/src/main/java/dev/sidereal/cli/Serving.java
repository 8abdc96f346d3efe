package dev.sidereal.cli;

import dev.sidereal.engine.Workspace;
import dev.sidereal.server.ServerSettings;
import dev.sidereal.server.SiderealServer;

/** A server for as long as the command lives. */
final class Serving {
    private Serving() {}

    /**
     * Starts a server, shows a text with its address as the last line, and serves until Ctrl-C.
     *
     * @param name of the index
     * @param before shown above the address, may be empty
     */
    static void run(Session session, Workspace workspace, String name, ServerSettings settings, String before) {
        try (SiderealServer server = SiderealServer.start(workspace, name, settings)) {
            session.say("Ctrl-C stops it");
            session.show(before + (before.isEmpty() ? "" : System.lineSeparator()) + server.address());
            session.untilStopped();
            // Closing takes locks and waits, which an interrupted thread cannot.
            boolean _ = Thread.interrupted();
        }
    }
}
