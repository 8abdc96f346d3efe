package dev.sidereal.model;

import dev.sidereal.core.Reranker;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.server.Endpoint;
import dev.sidereal.model.server.ServerReranker;
import dev.sidereal.model.server.Service;
import dev.sidereal.model.tensor.Device;
import java.nio.file.Files;
import java.nio.file.Path;

/** Opens a reranker by the way a user writes it: a folder or a server's address. */
public final class Rerankers {
    private Rerankers() {}

    /**
     * Opens a reranker, on the CPU if it is a folder; the caller closes it.
     *
     * @param spec a folder that {@link CrossEncoder#open} takes, or {@code http(s)://host[:port][/path]#model} of a server
     *     that answers {@code /v1/rerank}, with the key, if it wants one, in the environment variable {@code
     *     SIDEREAL_RERANK_KEY}
     * @throws BadConfig if the spec is neither
     * @throws dev.sidereal.core.error.BadInput if a model's file is missing or wrong
     */
    public static Reranker open(String spec) {
        if (Endpoint.isAddress(spec)) {
            return new ServerReranker(Endpoint.of(spec, Service.RERANK, System.getenv()));
        }
        if (Files.isDirectory(Path.of(spec))) {
            return CrossEncoder.open(Path.of(spec), Device.CPU);
        }
        throw new BadConfig("There is no cross-encoder \"" + spec
                + "\"; expected a model's folder, or http(s)://host#model of a rerank server.");
    }
}
