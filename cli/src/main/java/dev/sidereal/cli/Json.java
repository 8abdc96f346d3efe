package dev.sidereal.cli;

import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Writes an outcome as one JSON object. */
final class Json {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
            .build();

    private Json() {}

    /** {@return the object on one line} */
    static String write(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
