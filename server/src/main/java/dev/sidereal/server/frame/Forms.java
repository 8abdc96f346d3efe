package dev.sidereal.server.frame;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The form of records as JSON Schema, so that code and description are one. */
final class Forms {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Forms() {}

    /** {@return the name in JSON: snake case} */
    static String name(RecordComponent component) {
        return component.getName().replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    /** {@return whether it may be left out} */
    static boolean isOptional(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** {@return the schema's word for a type} */
    static String type(Type type) {
        return schema(type, Map.of()).path("type").asString("any value");
    }

    /**
     * {@return a schema}
     *
     * @param type a record, text, number, truth, list, map or any JSON
     * @param named record to name of schemas that are referred to instead of repeated
     */
    static ObjectNode schema(Type type, Map<Class<?>, String> named) {
        ObjectNode schema = NODES.objectNode();
        if (type instanceof ParameterizedType generic && generic.getRawType() instanceof Class<?> raw) {
            Type[] arguments = generic.getActualTypeArguments();
            if (Map.class.isAssignableFrom(raw)) {
                schema.put("type", "object").set("additionalProperties", schema(arguments[1], named));
            } else if (Collection.class.isAssignableFrom(raw)) {
                schema.put("type", "array").set("items", schema(arguments[0], named));
            }
            return schema;
        }
        if (!(type instanceof Class<?> plain) || JsonNode.class.isAssignableFrom(plain) || plain == Object.class) {
            return schema;
        }
        if (named.containsKey(plain)) {
            return schema.put("$ref", "#/components/schemas/" + named.get(plain));
        }
        return plain.isRecord() ? object(plain, named) : simple(plain, schema);
    }

    private static ObjectNode simple(Class<?> type, ObjectNode schema) {
        if (type == boolean.class || type == Boolean.class) {
            return schema.put("type", "boolean");
        }
        if (type == int.class || type == long.class || type == Integer.class || type == Long.class) {
            return schema.put("type", "integer");
        }
        if (type == double.class || type == float.class || type == Double.class || type == Float.class) {
            return schema.put("type", "number");
        }
        if (type.isArray()) {
            schema.put("type", "array").set("items", schema(type.getComponentType(), Map.of()));
            return schema;
        }
        return schema.put("type", "string");
    }

    /** {@return the schema of a record, written out} */
    static ObjectNode object(Class<?> form, Map<Class<?>, String> named) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        var required = NODES.arrayNode();
        for (RecordComponent component : form.getRecordComponents()) {
            ObjectNode property = schema(component.getGenericType(), named);
            Doc doc = component.getAnnotation(Doc.class);
            if (doc != null) {
                property.put("description", doc.value());
            }
            properties.set(name(component), property);
            if (!isOptional(component)) {
                required.add(name(component));
            }
        }
        if (!required.isEmpty()) {
            schema.set("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }
}
