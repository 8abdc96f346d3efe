package dev.sidereal.server.endpoint;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Doc;
import dev.sidereal.server.frame.Endpoint;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Reply;
import dev.sidereal.server.frame.Text;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Vectors of texts by the index's encoder, in the form of OpenAI's API. Thread-safe. */
public final class EmbeddingsEndpoint {
    private final @Nullable Encoder encoder;

    /** @param encoder null if the index has no dense leg */
    public EmbeddingsEndpoint(@Nullable Encoder encoder) {
        this.encoder = encoder;
    }

    /** What is to be encoded. */
    public record EmbeddingsBody(
            @Doc("a text or an array of texts") JsonNode input,

            @Doc("the encoder's name, as /api/v1/status says it")
            String model,

            @Doc("float or base64 (little-endian floats); float unless given") @Nullable
            String encodingFormat,

            @Doc("only the model's own number is taken") @Nullable
            Integer dimensions,

            @Doc("taken and ignored") @Nullable String user) {}

    /** Vectors. */
    public record EmbeddingsAnswer(String object, List<Vector> data, String model, Usage usage) {}

    /** One vector. */
    public record Vector(
            String object,
            int index,
            @Doc("numbers, or base64") Object embedding) {}

    /** What it took. */
    public record Usage(long promptTokens, long totalTokens) {}

    /** {@return the endpoint} */
    public Endpoint endpoint() {
        return Endpoint.post("/v1/embeddings")
                .summary("Embeddings", "Encode texts")
                .notes("As OpenAI's API has it, for its clients. Texts are encoded as documents, long ones cut at the"
                        + " model's limit.")
                .takes(Endpoint.Media.json(EmbeddingsBody.class))
                .gives("a vector a text", EmbeddingsAnswer.class)
                .load(Endpoint.Load.SEARCH)
                .answeredBy(call -> answer(call, call.body(EmbeddingsBody.class)));
    }

    private Reply answer(Call call, EmbeddingsBody body) {
        Encoder known = encoder(body);
        List<String> texts = texts(body.input(), call.limits().texts());
        boolean base64 = isBase64(body.encodingFormat());
        Encoder.Embeddings made = known.encode(Encoder.Role.DOCUMENT, texts);
        List<Vector> data = new ArrayList<>();
        for (float[] vector : made.vectors()) {
            data.add(new Vector("embedding", data.size(), base64 ? base64(vector) : vector));
        }
        return Reply.json(
                new EmbeddingsAnswer("list", data, known.card().name(), new Usage(made.tokens(), made.tokens())));
    }

    private Encoder encoder(EmbeddingsBody body) {
        if (encoder == null) {
            throw new BadConfig(
                    "this index has no dense leg, so there is no encoder; index again with --legs bm25,dense");
        }
        String name = encoder.card().name();
        if (!name.equals(body.model())) {
            throw Refusal.of(404, "there is no model '" + Text.shown(body.model()) + "' here; this server has " + name);
        }
        Integer dims = body.dimensions();
        if (dims != null && dims != encoder.card().dims()) {
            throw Refusal.of(
                    422,
                    "'dimensions' must be " + encoder.card().dims() + " with " + name + ", got " + dims
                            + "; leave it out");
        }
        return encoder;
    }

    private static boolean isBase64(@Nullable String format) {
        String named = format == null ? "float" : format;
        return switch (named) {
            case "float" -> false;
            case "base64" -> true;
            default ->
                throw Refusal.of(422, "'encoding_format' must be float or base64, got '" + Text.shown(named) + "'");
        };
    }

    private static List<String> texts(JsonNode input, int most) {
        List<String> texts = new ArrayList<>();
        if (input.isString()) {
            texts.add(input.stringValue());
        } else if (input.isArray()) {
            for (JsonNode text : input) {
                if (!text.isString()) {
                    throw Refusal.of(422, "'input' must hold texts; tokens of another model mean nothing here");
                }
                texts.add(text.stringValue());
            }
        }
        if (texts.isEmpty() || texts.size() > most) {
            throw Refusal.of(422, "'input' must be a text or an array of 1 to " + most + " texts");
        }
        return texts;
    }

    private static String base64(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}
