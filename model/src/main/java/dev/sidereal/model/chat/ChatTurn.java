package dev.sidereal.model.chat;

/**
 * One message of a conversation.
 *
 * @param role as the template knows it: system, user or assistant
 */
public record ChatTurn(String role, String content) {
    /** {@return an instruction for the whole conversation} */
    public static ChatTurn system(String content) {
        return new ChatTurn("system", content);
    }

    /** {@return what the user says} */
    public static ChatTurn user(String content) {
        return new ChatTurn("user", content);
    }

    /** {@return what the model said} */
    public static ChatTurn assistant(String content) {
        return new ChatTurn("assistant", content);
    }
}
