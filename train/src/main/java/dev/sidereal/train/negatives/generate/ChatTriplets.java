package dev.sidereal.train.negatives.generate;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Whole examples written by a language model: it lists retrieval tasks, then writes for a task a query, a passage that
 * answers it and one that only seems to. An answer that is no such JSON gives none. Source: Wang et al., E5-mistral, arXiv
 * 2401.00368, section 3.1 and its prompts.
 */
public final class ChatTriplets {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern MARK = Pattern.compile("^\\s*(?:[-*]|\\d{1,3}[.):])\\s+");

    private final ChatModel model;

    /** Makes a writer. */
    public ChatTriplets(ChatModel model) {
        this.model = model;
    }

    /** {@return at most {@code n} tasks, a sentence each} */
    public List<String> tasks(int n) {
        String answer =
                model.chat("List " + n + " different tasks of text retrieval, each as one sentence that says what is"
                        + " given and what is to be found, each on a line of its own, and nothing else.");
        return answer.lines()
                .map(line -> MARK.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .limit(n)
                .toList();
    }

    /** {@return an example of a task, whose sentence becomes its instruction; empty if the answer has no good form} */
    public Optional<Example> write(String task) {
        String answer =
                model.chat("Task of text retrieval: " + task + "\n\nWrite one example of it as a JSON object with the"
                        + " keys user_query, positive_document and hard_negative_document. The hard negative looks like the"
                        + " positive but does not answer the query. Write the JSON and nothing else.");
        try {
            int from = answer.indexOf('{');
            int to = answer.lastIndexOf('}');
            if (from < 0 || to < from) {
                return Optional.empty();
            }
            JsonNode node = JSON.readTree(answer.substring(from, to + 1));
            String query = text(node, "user_query");
            String positive = text(node, "positive_document");
            String negative = text(node, "hard_negative_document");
            if (query.isBlank() || positive.isBlank() || negative.isBlank() || positive.equals(negative)) {
                return Optional.empty();
            }
            return Optional.of(new Example(
                    Text.of(query),
                    List.of(Text.of(positive)),
                    List.of(Text.of(negative)),
                    List.of(),
                    task,
                    "written for '" + task + "'"));
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String text(JsonNode node, String key) {
        JsonNode value = node.get(key);
        return value != null && value.isString() ? value.stringValue() : "";
    }
}
