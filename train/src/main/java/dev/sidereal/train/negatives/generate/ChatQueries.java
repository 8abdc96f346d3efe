package dev.sidereal.train.negatives.generate;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.core.Item;
import dev.sidereal.train.data.Text;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Queries written by a language model from a passage and some examples of what queries look like here. Sources: Bonifacio et
 * al., InPars, arXiv 2202.05144; Dai et al., Promptagator, arXiv 2209.11755, section 3, whose few examples name the task.
 */
public final class ChatQueries implements QueryWriter {
    private static final Pattern MARK = Pattern.compile("^\\s*(?:[-*]|\\d{1,3}[.):])\\s+");

    private final ChatModel model;
    private final List<Written> shots;

    /**
     * Makes a writer.
     *
     * @param shots pairs of the task; may be empty
     */
    public ChatQueries(ChatModel model, List<Written> shots) {
        this.model = model;
        this.shots = List.copyOf(shots);
    }

    @Override
    public List<Written> write(Item item, int n) {
        String passage = Text.of(item).text();
        Set<String> queries = new LinkedHashSet<>();
        for (String line : model.chat(prompt(passage, n)).lines().toList()) {
            queries.add(MARK.matcher(line).replaceFirst("").strip());
        }
        queries.remove("");
        return queries.stream()
                .limit(n)
                .map(query -> new Written(query, passage))
                .toList();
    }

    private String prompt(String passage, int n) {
        StringBuilder prompt = new StringBuilder("Write queries to a search engine that a passage answers.\n\n");
        for (Written shot : shots) {
            prompt.append("Passage: ")
                    .append(shot.passage())
                    .append("\nQuery: ")
                    .append(shot.query())
                    .append("\n\n");
        }
        return prompt.append("Passage: ")
                .append(passage)
                .append("\n\nWrite ")
                .append(n)
                .append(" queries that this passage answers, each on a line of its own, and nothing else.")
                .toString();
    }
}
