package dev.sidereal.server;

import dev.sidereal.engine.LiveIndex;
import dev.sidereal.server.endpoint.SearchEndpoints;
import dev.sidereal.server.endpoint.StatusEndpoints;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Metrics;
import java.util.ArrayList;
import java.util.List;

/** All endpoints: the one place to register more. */
final class Api {
    private Api() {}

    static List<Endpoint> of(String workspace, String name, LiveIndex index, Metrics metrics) {
        List<Endpoint> all = new ArrayList<>();
        all.addAll(new SearchEndpoints(index.reading()).endpoints());
        all.addAll(new StatusEndpoints(workspace, name, index, metrics).endpoints());
        return List.copyOf(all);
    }
}
