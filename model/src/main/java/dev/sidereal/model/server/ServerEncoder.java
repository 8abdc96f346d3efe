package dev.sidereal.model.server;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An encoder behind {@code POST /v1/embeddings}. Vectors are scaled to unit length here, whatever the server does.
 * Thread-safe.
 *
 * <p>A server does not tell its limit or what it cut: the card's {@code maxTokens} is {@link Integer#MAX_VALUE} and no
 * text counts as truncated. Nor does it tell when its weights change: the fingerprint covers address, model, prompts and
 * dims only.
 */
public final class ServerEncoder implements Encoder {
    private final ServerSettings settings;
    private final Transport transport;
    private final EncoderCard card;

    private ServerEncoder(ServerSettings settings, Transport transport, int dims) {
        this.settings = settings;
        this.transport = transport;
        this.card = new EncoderCard(settings.name(), fingerprint(settings, dims), dims, Integer.MAX_VALUE, true);
    }

    /**
     * Opens an encoder; one short text is sent to learn the dimensions.
     *
     * @throws dev.sidereal.core.error.Unavailable if the server does not answer
     * @throws dev.sidereal.core.error.BadConfig if it refuses key, address or model
     * @throws BadInput if it answers something else than vectors
     */
    public static ServerEncoder open(ServerSettings settings) {
        Transport transport = new Transport(settings.endpoint());
        try {
            int dims = request(settings, transport, List.of("dimensions"), 0).vectors()[0].length;
            return new ServerEncoder(settings, transport, dims);
        } catch (RuntimeException e) {
            transport.close();
            throw e;
        }
    }

    @Override
    public EncoderCard card() {
        return card;
    }

    @Override
    public Embeddings encode(Role role, List<String> texts) {
        String prompt =
                switch (role) {
                    case QUERY -> settings.queryPrompt();
                    case DOCUMENT -> settings.documentPrompt();
                };
        float[][] vectors = new float[texts.size()][];
        long tokens = 0;
        for (int from = 0; from < vectors.length; from += settings.batch()) {
            List<String> batch = texts.subList(from, Math.min(from + settings.batch(), vectors.length)).stream()
                    .map(prompt::concat)
                    .map(ServerEncoder::sayable)
                    .toList();
            Reply reply = request(settings, transport, batch, card.dims());
            System.arraycopy(reply.vectors(), 0, vectors, from, batch.size());
            tokens += reply.tokens();
        }
        return new Embeddings(vectors, tokens, 0);
    }

    @Override
    public void close() {
        transport.close();
    }

    private static Reply request(ServerSettings settings, Transport transport, List<String> texts, int dims) {
        String json = JsonMapper.shared()
                .writeValueAsString(
                        Map.of("model", settings.endpoint().model(), "input", texts, "encoding_format", "float"));
        return Reply.parse(transport.post(json), texts.size(), dims, settings);
    }

    /** Servers refuse an empty text; a space reads the same. */
    private static String sayable(String text) {
        return text.isEmpty() ? " " : text;
    }

    private static String fingerprint(ServerSettings settings, int dims) {
        String all = String.join(
                "\n",
                "server 1",
                settings.endpoint().address().toString(),
                settings.endpoint().model(),
                settings.queryPrompt(),
                settings.documentPrompt(),
                Integer.toString(dims));
        return Sha256.of(all.getBytes(StandardCharsets.UTF_8)).substring(0, 32);
    }
}
