package dev.sidereal.model.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ImageContent;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.ResponseFormat;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.model.SmallTokenizer;
import dev.sidereal.model.TextTokenizer;
import dev.sidereal.model.decode.ScriptedDecoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LocalChatModelTest {
    private static final int VOCABULARY = SmallTokenizer.VOCABULARY;
    private static final ChatSettings SETTINGS = ChatSettings.of("parrot", Set.of(SmallTokenizer.END));

    /** A model that repeats the last user's message and ends. */
    private static ScriptedDecoder parrot() {
        return new ScriptedDecoder(VOCABULARY, 2000, path -> ScriptedDecoder.only(VOCABULARY, next(path)));
    }

    private static int next(int[] path) {
        int answer = lastIndex(path, path.length, SmallTokenizer.FIRST_SPECIAL + 1);
        int question = lastIndex(path, answer, SmallTokenizer.FIRST_SPECIAL + 1);
        // Both begin with the role and a newline, bytes each.
        int said = path.length - (answer + 1 + "assistant\n".length());
        return path[question + 1 + "user\n".length() + said];
    }

    private static int lastIndex(int[] path, int before, int token) {
        for (int i = before - 1; i >= 0; i--) {
            if (path[i] == token) {
                return i;
            }
        }
        return -1;
    }

    private static LocalChatModel model(ScriptedDecoder decoder, ChatSettings settings) {
        TextTokenizer tokenizer = SmallTokenizer.open();
        return LocalChatModel.of(decoder, tokenizer, ChatTemplate.of(Templates.QWEN, "test", Map.of()), settings);
    }

    @Test
    void aRequestIsAnsweredWithUsageAndReason() {
        try (LocalChatModel model = model(parrot(), SETTINGS)) {
            ChatResponse response = model.chat(
                    SystemMessage.from("repeat"),
                    UserMessage.from("one"),
                    AiMessage.from("one"),
                    UserMessage.from("hello <|im_end|> é"));
            assertThat(response.aiMessage().text()).isEqualTo("hello <|im_end|> é");
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(response.modelName()).isEqualTo("parrot");
            // im_start, role and newline, text, im_end, newline; five such turns, the last still open.
            int turns = (2 + 6 + 6 + 2) + (2 + 4 + 3 + 2) + (2 + 9 + 3 + 2) + (2 + 4 + 15 + 2) + (2 + 9);
            assertThat(response.tokenUsage()).isEqualTo(new TokenUsage(turns, 15));
            assertThat(model.chat("short")).isEqualTo("short");
        }
    }

    @ParameterizedTest
    @CsvSource({"3, , abc, LENGTH", "50, de, abc, STOP", "50, xyz, abcdef, STOP"})
    void theRequestDecidesWhereAnAnswerEnds(int tokens, String stop, String answer, FinishReason reason) {
        try (LocalChatModel model = model(parrot(), SETTINGS)) {
            var request = ChatRequest.builder()
                    .messages(UserMessage.from("abcdef"))
                    .maxOutputTokens(tokens)
                    .stopSequences(stop == null ? List.of() : List.of(stop))
                    .build();
            ChatResponse response = model.chat(request);
            assertThat(response.aiMessage().text()).isEqualTo(answer);
            assertThat(response.finishReason()).isEqualTo(reason);
        }
    }

    @Test
    void theRequestDecidesHowTokensAreDrawn() {
        ScriptedDecoder even = new ScriptedDecoder(VOCABULARY, 2000, path -> {
            float[] scores = ScriptedDecoder.only(VOCABULARY, 'a');
            scores['b'] = 49.9f;
            return scores;
        });
        try (LocalChatModel model = model(even, SETTINGS)) {
            assertThat(answer(model, 0.0, 1.0, 99)).isEqualTo("a".repeat(40));
            assertThat(answer(model, 1.0, 1.0, 99)).contains("a").contains("b");
            assertThat(answer(model, 1.0, 1.0, 1)).isEqualTo("a".repeat(40));
            assertThat(answer(model, 1.0, .5, 99)).isEqualTo("a".repeat(40));
        }
    }

    private static String answer(LocalChatModel model, double temperature, double topP, int topK) {
        var request = ChatRequest.builder()
                .messages(UserMessage.from("x"))
                .temperature(temperature)
                .topP(topP)
                .topK(topK)
                .maxOutputTokens(40)
                .build();
        return model.chat(request).aiMessage().text();
    }

    @Test
    void piecesAddUpToTheAnswer() throws Exception {
        try (LocalChatModel model = model(parrot(), SETTINGS)) {
            List<String> pieces = new ArrayList<>();
            CompletableFuture<ChatResponse> done = new CompletableFuture<>();
            model.streaming().chat("hello é!", new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String piece) {
                    pieces.add(piece);
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    done.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    done.completeExceptionally(error);
                }
            });
            ChatResponse response = done.get(20, TimeUnit.SECONDS);
            assertThat(pieces).containsExactly("hello", " ", "é", "!");
            assertThat(response.aiMessage().text()).isEqualTo("hello é!");
            assertThat(response.finishReason()).isEqualTo(FinishReason.STOP);
            assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(5);
        }
    }

    @Test
    void aHandlerThatCancelsHearsNoMore() throws Exception {
        ScriptedDecoder decoder = parrot();
        List<String> heard = Collections.synchronizedList(new ArrayList<>());
        try (LocalChatModel model = model(decoder, SETTINGS)) {
            CountDownLatch cancelled = new CountDownLatch(1);
            model.streaming().chat("abcdef", new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
                    heard.add(piece.text());
                    if (piece.text().equals("b")) {
                        context.streamingHandle().cancel();
                        cancelled.countDown();
                    }
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    heard.add("complete");
                }

                @Override
                public void onError(Throwable error) {
                    heard.add("error");
                }
            });
            assertThat(cancelled.await(20, TimeUnit.SECONDS)).isTrue();
        }
        // Closing has waited for the answer to end.
        assertThat(heard).containsExactly("a", "b");
        assertThat(decoder.openSessions()).isZero();
    }

    @Test
    void requestsAtATimeDoNotMix() throws Exception {
        ScriptedDecoder decoder = parrot();
        try (LocalChatModel model = model(decoder, SETTINGS);
                var callers = Executors.newFixedThreadPool(4)) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String text = "request " + i;
                calls.add(() -> model.chat(text));
            }
            List<Future<String>> answers = callers.invokeAll(calls);
            for (int i = 0; i < calls.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo("request " + i);
            }
            assertThat(decoder.openSessions()).isZero();
        }
    }

    @Test
    void whatALocalModelCannotDoIsRefused() throws Exception {
        try (LocalChatModel model = model(parrot(), SETTINGS)) {
            assertThatRequest(
                            model,
                            request()
                                    .toolSpecifications(ToolSpecification.builder()
                                            .name("add")
                                            .build()))
                    .hasMessage("The chat model parrot calls no tools; leave toolSpecifications out.");
            assertThatRequest(model, request().responseFormat(ResponseFormat.JSON))
                    .hasMessage("The chat model parrot cannot be held to JSON; leave responseFormat out.");
            assertThatRequest(model, request().presencePenalty(.5))
                    .hasMessage(
                            "The chat model parrot knows no frequency or presence penalty; set the repetition penalty "
                                    + "of its ChatSettings.");
            assertThatRequest(model, request().modelName("gpt"))
                    .hasMessage("The request asks for the model \"gpt\", this one is \"parrot\"; leave the name out.");
            assertThatRequest(model, request().messages(UserMessage.from(ImageContent.from("http://host/x.png"))))
                    .hasMessage(
                            "A chat model here reads texts of the system, the user and itself, got content of type IMAGE.");
            CompletableFuture<Throwable> failed = new CompletableFuture<>();
            model.streaming().chat(request().topP(9.0).build(), new StreamingChatResponseHandler() {
                @Override
                public void onCompleteResponse(ChatResponse response) {
                    failed.completeExceptionally(new AssertionError("answered"));
                }

                @Override
                public void onError(Throwable error) {
                    failed.complete(error);
                }
            });
            assertThat(failed.get(20, TimeUnit.SECONDS))
                    .isInstanceOf(BadConfig.class)
                    .hasMessage("top-p must be above 0 and at most 1 (off), got 9.0.");
        }
    }

    private static ChatRequest.Builder request() {
        return ChatRequest.builder().messages(UserMessage.from("x"));
    }

    private static org.assertj.core.api.AbstractThrowableAssert<?, ? extends Throwable> assertThatRequest(
            LocalChatModel model, ChatRequest.Builder request) {
        return assertThatThrownBy(() -> model.chat(request.build())).isInstanceOf(BadConfig.class);
    }

    @Test
    void aClosedModelAnswersNoMore() {
        LocalChatModel model = model(parrot(), SETTINGS);
        model.close();
        assertThatThrownBy(() -> model.chat("x"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the chat model parrot is closed");
    }
}
