package dev.sidereal.model.chat;

import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.chat.response.StreamingHandle;

/**
 * A {@link LocalChatModel} that answers piece by piece, each answer on a thread of its own. Pieces hold whole characters
 * and nothing of a stop sequence. Once a handler has cancelled, it hears no more. Thread-safe.
 */
public final class LocalStreamingChatModel implements StreamingChatModel {
    private final ChatAnswers answers;

    LocalStreamingChatModel(ChatAnswers answers) {
        this.answers = answers;
    }

    @Override
    public void doChat(ChatRequest request, StreamingChatResponseHandler handler) {
        Thread.ofPlatform().name("sidereal-chat").daemon().start(() -> run(request, handler));
    }

    @Override
    public ChatRequestParameters defaultRequestParameters() {
        return answers.defaults();
    }

    private void run(ChatRequest request, StreamingChatResponseHandler handler) {
        Handle handle = new Handle();
        PartialResponseContext context = new PartialResponseContext(handle);
        try {
            ChatResponse response = answers.answer(request, piece -> {
                handler.onPartialResponse(new PartialResponse(piece), context);
                return !handle.isCancelled();
            });
            if (!handle.isCancelled()) {
                handler.onCompleteResponse(response);
            }
        } catch (RuntimeException e) {
            if (!handle.isCancelled()) {
                handler.onError(e);
            }
        }
    }

    /** What a handler cancels by. */
    private static final class Handle implements StreamingHandle {
        private volatile boolean cancelled;

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public boolean isCancelled() {
            return cancelled;
        }
    }
}
