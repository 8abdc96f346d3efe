package dev.sidereal.server.frame;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;

/** Records to and from JSON with names in snake case; strict in what it takes. */
public final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private Json() {}

    /** {@return the value as JSON in UTF-8} */
    public static byte[] write(@Nullable Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** {@return the value as a tree} */
    public static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }

    /** {@return what was written, read back; for files of our own} */
    public static <T> T read(byte[] json, TypeReference<T> type) {
        return MAPPER.readValue(json, type);
    }

    /**
     * {@return a body as a record}
     *
     * @param where named in messages: {@code the body}, {@code line 3}
     * @throws Refusal 400 if it is no JSON, 422 if it is of another form
     */
    public static <T extends Record> T read(byte[] json, Class<T> form, String where) {
        T read = form.cast(read(json, where, bytes -> MAPPER.readValue(bytes, form), form));
        for (RecordComponent component : form.getRecordComponents()) {
            if (!Forms.isOptional(component) && value(component, read) == null) {
                throw Refusal.of(422, where + " lacks '" + Forms.name(component) + "'; " + expected(form));
            }
        }
        return read;
    }

    /** {@return a body as a tree; errors as with {@link #read(byte[], Class, String)}} */
    public static JsonNode tree(byte[] json, String where) {
        return read(json, where, MAPPER::readTree, null);
    }

    private interface Reading<T> {
        @Nullable
        T of(byte[] json);
    }

    private static <T> T read(byte[] json, String where, Reading<T> reading, @Nullable Class<?> form) {
        try {
            T read = json.length == 0 ? null : reading.of(json);
            if (read == null) {
                throw Refusal.of(400, where + " is empty; expected a JSON object");
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw Refusal.of(422, where + " has no place for '" + e.getPropertyName() + "'; " + expected(form));
        } catch (StreamReadException e) {
            throw Refusal.of(400, where + " is no JSON" + at(e) + ": " + e.getOriginalMessage());
        } catch (DatabindException e) {
            String field = e.getPath().stream()
                    .map(step -> step.getPropertyName() == null ? "[" + step.getIndex() + "]" : step.getPropertyName())
                    .collect(Collectors.joining("."));
            throw Refusal.of(
                    422,
                    where + (field.isEmpty() ? "" : ": '" + field + "'") + " is of the wrong type" + at(e) + "; "
                            + expected(form));
        } catch (JacksonException e) {
            throw Refusal.of(400, where + " cannot be read as JSON: " + e.getOriginalMessage());
        }
    }

    private static String at(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getColumnNr() < 1
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    private static String expected(@Nullable Class<?> form) {
        return form == null
                ? "expected a JSON object"
                : "expected an object of "
                        + Arrays.stream(form.getRecordComponents())
                                .map(c -> Forms.name(c) + " (" + Forms.type(c.getGenericType())
                                        + (Forms.isOptional(c) ? ", may be left out)" : ")"))
                                .collect(Collectors.joining(", "));
    }

    private static @Nullable Object value(RecordComponent component, Object of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a form must be a public record: " + of.getClass(), e);
        }
    }
}
