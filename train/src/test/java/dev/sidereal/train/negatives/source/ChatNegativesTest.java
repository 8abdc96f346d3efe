package dev.sidereal.train.negatives.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChatNegativesTest {
    private final List<String> asked = new ArrayList<>();

    private NegativeWriter answering(String answer) {
        return new ChatNegatives("toy", new ChatModel() {
            @Override
            public String chat(String prompt) {
                asked.add(prompt);
                return answer;
            }
        });
    }

    @Test
    void linesBecomeNegativesWithoutMarksRepeatsAndThePositive() {
        assertThat(answering("1. Titan is cold.\n\n- Rhea is small.\nTitan is cold.\n2) The answer.\n3. Io is hot.\n")
                        .write("which moon?", "The answer.", 5))
                .containsExactly("Titan is cold.", "Rhea is small.", "Io is hot.");
        assertThat(asked.getFirst()).contains("Query: which moon?", "it: The answer.", "Write 5 hard negatives");
    }

    @Test
    void noMoreThanAskedAreTaken() {
        assertThat(answering("a\nb\nc").write("q", "p", 2)).containsExactly("a", "b");
    }
}
