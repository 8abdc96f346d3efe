package dev.sidereal.model.server;

import dev.sidereal.core.error.BadInput;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the server answered to one request.
 *
 * @param vectors {@code float[texts][dims]}, put in order by their index, unit length
 * @param tokens what the server counted, 0 if it does not tell
 */
record Reply(float[][] vectors, long tokens) {
    /**
     * @param texts how many vectors are expected
     * @param dims their length; 0 if any will do, but all the same
     * @throws BadInput if the reply is not as the API describes it
     */
    static Reply parse(String body, int texts, int dims, ServerSettings from) {
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw bad(from, "is not JSON: " + e.getOriginalMessage(), e);
        }
        JsonNode data = root.path("data");
        if (!data.isArray() || data.size() != texts) {
            throw bad(
                    from,
                    "has " + (data.isArray() ? data.size() : "no") + " vectors in \"data\", expected " + texts,
                    null);
        }
        float[][] vectors = new float[texts][];
        int length = dims;
        for (JsonNode entry : data) {
            int index = entry.path("index").asInt(-1);
            if (index < 0 || index >= texts || vectors[index] != null) {
                throw bad(from, "has the \"index\" " + entry.path("index") + " out of range or twice", null);
            }
            JsonNode embedding = entry.path("embedding");
            length = length == 0 ? embedding.size() : length;
            if (!embedding.isArray() || embedding.isEmpty() || embedding.size() != length) {
                throw bad(
                        from,
                        "has " + embedding.size() + " dimensions for text " + index + ", expected " + length,
                        null);
            }
            vectors[index] = unit(embedding, index, from);
        }
        return new Reply(vectors, root.path("usage").path("prompt_tokens").asLong(0));
    }

    private static float[] unit(JsonNode embedding, int index, ServerSettings from) {
        float[] vector = new float[embedding.size()];
        double squares = 0;
        for (int d = 0; d < vector.length; d++) {
            JsonNode value = embedding.get(d);
            double number = value.isNumber() ? value.doubleValue() : Double.NaN;
            squares += number * number;
            vector[d] = (float) number;
        }
        if (!Double.isFinite(squares)) {
            throw bad(from, "has something else than finite numbers in the vector of text " + index, null);
        }
        float scale = squares > 0 ? (float) (1 / Math.sqrt(squares)) : 1;
        for (int d = 0; d < vector.length; d++) {
            vector[d] *= scale;
        }
        return vector;
    }

    private static BadInput bad(ServerSettings from, String what, @Nullable Throwable cause) {
        String message = "The reply of the " + from.endpoint() + " " + what
                + "; is it a server of OpenAI's embeddings API, and the model one for embeddings?";
        return cause == null ? new BadInput(message) : new BadInput(message, cause);
    }
}
