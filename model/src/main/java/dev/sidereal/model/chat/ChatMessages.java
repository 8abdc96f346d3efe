package dev.sidereal.model.chat;

import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.TextContent;
import dev.langchain4j.data.message.UserMessage;
import dev.sidereal.core.error.BadConfig;
import java.util.List;
import java.util.stream.Collectors;

/** Turns LangChain4j's messages into turns. */
final class ChatMessages {
    private ChatMessages() {}

    /** @throws BadConfig if a message holds anything but text */
    static List<ChatTurn> turns(List<ChatMessage> messages) {
        return messages.stream().map(ChatMessages::turn).toList();
    }

    private static ChatTurn turn(ChatMessage message) {
        return switch (message) {
            case SystemMessage system -> ChatTurn.system(system.text());
            case UserMessage user ->
                ChatTurn.user(user.contents().stream()
                        .map(content -> {
                            if (content instanceof TextContent text) {
                                return text.text();
                            }
                            throw unreadable("content of type " + content.type());
                        })
                        .collect(Collectors.joining("\n")));
            case AiMessage ai
            when !ai.hasToolExecutionRequests() -> ChatTurn.assistant(ai.text() == null ? "" : ai.text());
            default -> throw unreadable("a message of type " + message.type());
        };
    }

    private static BadConfig unreadable(String what) {
        return new BadConfig("A chat model here reads texts of the system, the user and itself, got " + what + ".");
    }
}
