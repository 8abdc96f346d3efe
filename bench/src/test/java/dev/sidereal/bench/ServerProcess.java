package dev.sidereal.bench;

import dev.sidereal.engine.Workspace;
import dev.sidereal.server.ServerSettings;
import dev.sidereal.server.SiderealServer;
import java.nio.file.Path;

/** A server in a process of its own, to be killed. */
public final class ServerProcess {
    static final String INDEX = "load";

    private ServerProcess() {}

    static SiderealServer start(Path workspace) {
        return SiderealServer.start(
                Workspace.open(workspace), INDEX, ServerSettings.local().withPort(0));
    }

    /** Serves the workspace that is named, for two minutes, after printing its address. */
    public static void main(String[] args) throws InterruptedException {
        try (SiderealServer server = start(Path.of(args[0]))) {
            System.out.println(server.address());
            Thread.sleep(120_000);
        }
    }
}
