package dev.sidereal.server.endpoint;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The fields of an item that has none. */
final class Fields {
    private Fields() {}

    static JsonNode none() {
        return JsonNodeFactory.instance.objectNode();
    }
}
