package dev.sidereal.server;

import dev.sidereal.engine.Workspace;
import java.nio.file.Path;

/** A server in a process of its own, to be killed. */
public final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] args) throws InterruptedException {
        SiderealServer server = SiderealServer.start(
                Workspace.open(Path.of(args[0])),
                TestServer.INDEX,
                ServerSettings.local().withPort(0));
        System.out.println("http://127.0.0.1:" + server.port() + "/");
        Thread.sleep(120_000);
        server.close();
    }
}
