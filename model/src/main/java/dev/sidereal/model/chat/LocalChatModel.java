package dev.sidereal.model.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.decode.Decoder;

/**
 * A decoder behind LangChain4j's chat interface, in this process. Requests may set temperature (0 takes the best token),
 * top-p, top-k, the most tokens and stop sequences; tools, JSON, images and penalties are refused, never ignored.
 * Thread-safe: each request has a session of its own. Errors are those of {@code dev.sidereal.core.error}.
 */
public final class LocalChatModel implements ChatModel, AutoCloseable {
    private final ChatAnswers answers;

    private LocalChatModel(ChatAnswers answers) {
        this.answers = answers;
    }

    /**
     * Makes a chat model of a decoder.
     *
     * @param decoder closed with the model
     * @param tokenizer that of the decoder; closed with the model
     * @throws dev.sidereal.core.error.ArtifactMismatch if the tokenizer is of another model
     */
    public static LocalChatModel of(
            Decoder decoder, TextTokenizer tokenizer, ChatTemplate template, ChatSettings settings) {
        return new LocalChatModel(new ChatAnswers(decoder, tokenizer, template, settings));
    }

    /** {@return the same model, answering piece by piece; valid until this one is closed} */
    public LocalStreamingChatModel streaming() {
        return new LocalStreamingChatModel(answers);
    }

    @Override
    public ChatResponse doChat(ChatRequest request) {
        return answers.answer(request, piece -> true);
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return answers.defaults();
    }

    /** Ends answers that are being written as they stand, and closes decoder and tokenizer. */
    @Override
    public void close() {
        answers.close();
    }
}
