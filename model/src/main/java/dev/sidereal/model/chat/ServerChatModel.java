package dev.sidereal.model.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.model.server.Endpoint;
import dev.sidereal.model.server.Transport;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A chat model behind {@code POST /v1/chat/completions}, which is asked for its best answer (temperature 0) where a request
 * does not say otherwise. Requests may set temperature, top-p, the most tokens and stop sequences; tools, JSON, images and
 * penalties are refused, never ignored. Thread-safe. Errors are those of {@code dev.sidereal.core.error}.
 */
public final class ServerChatModel implements ChatModel, AutoCloseable {
    private final Endpoint server;
    private final Transport transport;

    /** Makes a client; nothing is sent yet. */
    public ServerChatModel(Endpoint server) {
        this.server = server;
        this.transport = new Transport(server);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return ChatRequestParameters.builder()
                .modelName(server.model())
                .temperature(0.0)
                .build();
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.sidereal.core.error.Unavailable if the server does not answer
     * @throws dev.sidereal.core.error.BadConfig if it refuses key, address or model, or the request asks for what is
     *     not passed on
     * @throws BadInput if it answers something else than a message
     */
    @Override
    public ChatResponse doChat(ChatRequest request) {
        ChatRequestParameters parameters = request.parameters();
        ChatParameters.check(parameters, server.model());
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("model", server.model());
        ArrayNode messages = json.putArray("messages");
        for (ChatTurn turn : ChatMessages.turns(request.messages())) {
            messages.addObject().put("role", turn.role()).put("content", turn.content());
        }
        put(json, "temperature", parameters.temperature());
        put(json, "top_p", parameters.topP());
        put(json, "max_tokens", parameters.maxOutputTokens());
        put(json, "top_k", parameters.topK());
        List<String> stops = parameters.stopSequences();
        put(json, "stop", stops == null || stops.isEmpty() ? null : stops);
        return ChatResponse.builder()
                .aiMessage(AiMessage.from(answer(transport.post(json.toString()))))
                .modelName(server.model())
                .build();
    }

    private static void put(ObjectNode json, String key, @Nullable Object value) {
        if (value != null) {
            json.set(key, JsonMapper.shared().valueToTree(value));
        }
    }

    private String answer(String body) {
        JsonNode content;
        try {
            content = JsonMapper.shared().readTree(body).at("/choices/0/message/content");
        } catch (JacksonException e) {
            throw bad("is not JSON: " + e.getOriginalMessage());
        }
        if (!content.isString()) {
            throw bad("has no text in \"choices\", \"message\", \"content\"");
        }
        return content.stringValue();
    }

    private BadInput bad(String what) {
        return new BadInput("The reply of the " + server + " " + what
                + "; is it a server of OpenAI's chat API, and the model one that answers?");
    }

    @Override
    public void close() {
        transport.close();
    }
}
