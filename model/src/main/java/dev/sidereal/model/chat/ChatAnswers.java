package dev.sidereal.model.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ChatRequestParameters;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.sidereal.core.Deadline;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.decode.Decoder;
import dev.sidereal.model.decode.GeneratedText;
import dev.sidereal.model.decode.GenerationSettings;
import dev.sidereal.model.decode.Sampling;
import dev.sidereal.model.decode.StopReason;
import dev.sidereal.model.decode.TextGenerator;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Predicate;

/** What the two chat models share: from a request to the answer. Thread-safe. */
final class ChatAnswers implements AutoCloseable {
    private final Decoder decoder;
    private final TextTokenizer tokenizer;
    private final ChatTemplate template;
    private final ChatSettings settings;
    private final TextGenerator generator;

    /** Answers read, closing writes: what they use is there until the last has ended. */
    private final ReadWriteLock use = new ReentrantReadWriteLock();

    private volatile boolean closed;

    ChatAnswers(Decoder decoder, TextTokenizer tokenizer, ChatTemplate template, ChatSettings settings) {
        this.decoder = decoder;
        this.tokenizer = tokenizer;
        this.template = template;
        this.settings = settings;
        this.generator = new TextGenerator(decoder, tokenizer, settings.endTokens());
    }

    /** {@return what a request is taken to say where it is silent} */
    ChatRequestParameters defaults() {
        GenerationSettings generation = settings.generation();
        Sampling sampling = generation.sampling();
        var defaults = ChatRequestParameters.builder()
                .modelName(settings.name())
                .temperature(sampling.temperature())
                .topP(sampling.topP())
                .maxOutputTokens(generation.maxTokens())
                .stopSequences(generation.stops());
        if (sampling.topK() > 0) {
            defaults.topK(sampling.topK());
        }
        return defaults.build();
    }

    /**
     * Answers a request.
     *
     * @param pieces told of each piece; whether the answer is to go on
     * @throws BadConfig if the request asks for something that the model cannot do
     * @throws IllegalStateException if the model is closed
     */
    ChatResponse answer(ChatRequest request, Predicate<String> pieces) {
        use.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("the chat model " + settings.name() + " is closed");
            }
            ChatParameters.check(request.parameters(), settings.name());
            int[] prompt = template.encode(ChatMessages.turns(request.messages()), settings.variables(), tokenizer);
            GeneratedText text = generator
                    .generate(
                            List.of(prompt),
                            ChatParameters.generation(request.parameters(), settings.generation()),
                            Deadline.in(settings.timeout()),
                            (number, piece) -> pieces.test(piece) && !closed)
                    .getFirst();
            return ChatResponse.builder()
                    .aiMessage(AiMessage.from(text.text()))
                    .modelName(settings.name())
                    .tokenUsage(
                            new TokenUsage(text.promptTokens(), text.tokens().size()))
                    .finishReason(reason(text.reason()))
                    .build();
        } finally {
            use.readLock().unlock();
        }
    }

    private static FinishReason reason(StopReason reason) {
        return switch (reason) {
            case END, STOP_SEQUENCE -> FinishReason.STOP;
            case LENGTH -> FinishReason.LENGTH;
            case DEADLINE, CANCELLED -> FinishReason.OTHER;
        };
    }

    @Override
    public void close() {
        closed = true;
        use.writeLock().lock();
        try {
            decoder.close();
            tokenizer.close();
        } finally {
            use.writeLock().unlock();
        }
    }
}
