package dev.sidereal.server.endpoint;

import dev.sidereal.server.access.Role;
import dev.sidereal.server.frame.DocsPage;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.OpenApi;
import dev.sidereal.server.frame.Reply;
import java.util.ArrayList;
import java.util.List;

/** What the server says about itself. */
public final class DescriptionEndpoints {
    private static final String GROUP = "Description";

    private final List<Endpoint> all = new ArrayList<>();

    /** @param others all endpoints but these */
    public DescriptionEndpoints(List<Endpoint> others) {
        all.addAll(others);
        all.addAll(own());
    }

    /** {@return all endpoints, these included} */
    public List<Endpoint> all() {
        return List.copyOf(all);
    }

    private List<Endpoint> own() {
        return List.of(
                Endpoint.get("/openapi.json")
                        .summary(GROUP, "The API for programs, OpenAPI 3.1")
                        .needs(Role.NOBODY)
                        .gives(200, "the description", Endpoint.Media.text("application/json"))
                        .answeredBy(call -> Reply.json(new OpenApi(all, StatusEndpoints.version()).document())),
                Endpoint.get("/docs")
                        .summary(GROUP, "The API for readers")
                        .needs(Role.NOBODY)
                        .gives(200, "a page", Endpoint.Media.text("text/html"))
                        .answeredBy(call -> Reply.text("text/html; charset=utf-8", new DocsPage(all).html())));
    }
}
