package dev.sidereal.server.frame;

import dev.sidereal.server.access.Role;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The description of endpoints as OpenAPI 3.1. Stateless. */
public final class OpenApi {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final List<Endpoint> endpoints;
    private final String version;
    private final Map<Class<?>, String> named = new LinkedHashMap<>();

    /** @param version of the software */
    public OpenApi(List<Endpoint> endpoints, String version) {
        this.endpoints = endpoints;
        this.version = version;
        name(Problem.class);
        for (Endpoint endpoint : endpoints) {
            if (endpoint.body() != null) {
                name(endpoint.body().schema());
            }
            endpoint.answers().stream()
                    .filter(answer -> answer.content() != null)
                    .forEach(answer -> name(answer.content().schema()));
        }
    }

    private void name(Type type) {
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                name(argument);
            }
        } else if (type instanceof Class<?> form && form.isRecord() && named.putIfAbsent(form, unused(form)) == null) {
            for (RecordComponent component : form.getRecordComponents()) {
                name(component.getGenericType());
            }
        }
    }

    private String unused(Class<?> form) {
        Class<?> outer = form.getEnclosingClass();
        String plain = form.getSimpleName();
        return !named.containsValue(plain) ? plain : (outer == null ? "Other" : outer.getSimpleName()) + plain;
    }

    /** {@return the description} */
    public ObjectNode document() {
        ObjectNode document = NODES.objectNode().put("openapi", "3.1.0");
        document.putObject("info")
                .put("title", "Sidereal")
                .put("version", version)
                .put("description", "Search, documents, evaluations and embeddings over one index.");
        ObjectNode paths = document.putObject("paths");
        for (Endpoint endpoint : endpoints) {
            ObjectNode path =
                    paths.path(endpoint.path()) instanceof ObjectNode known ? known : paths.putObject(endpoint.path());
            path.set(endpoint.method().toLowerCase(Locale.ROOT), operation(endpoint));
        }
        ObjectNode components = document.putObject("components");
        ObjectNode schemas = components.putObject("schemas");
        named.forEach((form, name) -> schemas.set(name, Forms.object(form, named)));
        components
                .putObject("securitySchemes")
                .putObject("key")
                .put("type", "http")
                .put("scheme", "bearer")
                .put("description", "A key of ./sidereal keys add; not needed on a server without keys.");
        return document;
    }

    private ObjectNode operation(Endpoint endpoint) {
        ObjectNode operation = NODES.objectNode();
        operation.put("operationId", operationId(endpoint));
        operation.put("summary", endpoint.summary());
        if (!endpoint.notes().isEmpty()) {
            operation.put("description", endpoint.notes());
        }
        operation.putArray("tags").add(endpoint.group());
        operation.put("x-role", endpoint.role().label());
        var security = operation.putArray("security");
        if (endpoint.role() != Role.NOBODY) {
            security.addObject().putArray("key");
        }
        if (!endpoint.params().isEmpty()) {
            var params = operation.putArray("parameters");
            endpoint.params().forEach(param -> params.add(parameter(param)));
        }
        if (endpoint.body() != null) {
            ObjectNode body = operation.putObject("requestBody").put("required", true);
            content(body, endpoint.body());
        }
        ObjectNode responses = operation.putObject("responses");
        for (Endpoint.Answer answer : endpoint.answers()) {
            ObjectNode response =
                    responses.putObject(Integer.toString(answer.status())).put("description", answer.what());
            if (answer.content() != null) {
                content(response, answer.content());
            }
        }
        content(
                responses.putObject("default").put("description", "what is wrong, and what to do"),
                new Endpoint.Media(Problem.TYPE, Problem.class));
        return operation;
    }

    private static String operationId(Endpoint endpoint) {
        StringBuilder id = new StringBuilder(endpoint.method().toLowerCase(Locale.ROOT));
        for (String part : endpoint.path().split("[^A-Za-z0-9]+")) {
            if (!part.isEmpty() && !part.equals("api") && !part.equals("v1")) {
                id.append('_').append(part);
            }
        }
        return id.toString();
    }

    private static ObjectNode parameter(Param param) {
        ObjectNode node = NODES.objectNode()
                .put("name", param.name())
                .put("in", param.in().name().toLowerCase(Locale.ROOT))
                .put("required", param.required())
                .put("description", param.what());
        ObjectNode schema = node.putObject("schema").put("type", param.type());
        if (param.type().equals("array")) {
            schema.putObject("items").put("type", "string");
            node.put("style", "form").put("explode", false);
        }
        return node;
    }

    private void content(ObjectNode in, Endpoint.Media media) {
        in.putObject("content").putObject(media.type()).set("schema", Forms.schema(media.schema(), named));
    }
}
