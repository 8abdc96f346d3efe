package dev.sidereal.train.negatives.source;

import dev.langchain4j.model.chat.ChatModel;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Hard negatives written by a language model: it is told the task, what a hard negative is, the query and a passage that
 * answers it, and writes one passage a line. Lines that are blank, repeat, or repeat the positive are left out; a model that
 * keeps to no form gives fewer. Source: SyNeg, arXiv 2412.17250, section 3.
 *
 * <p>Differs: lines in place of JSON, which small models get right more often, and no second turn of reflection.
 *
 * @param name of the model, for the report's key
 */
public record ChatNegatives(String name, ChatModel model) implements NegativeWriter {
    private static final Pattern MARK = Pattern.compile("^\\s*(?:[-*]|\\d{1,3}[.):])\\s+");

    @Override
    public String fingerprint() {
        return "syneg by " + name;
    }

    @Override
    public List<String> write(String query, String positive, int n) {
        Set<String> written = new LinkedHashSet<>();
        for (String line : model.chat(prompt(query, positive, n)).lines().toList()) {
            written.add(MARK.matcher(line).replaceFirst("").strip());
        }
        written.remove("");
        written.remove(positive.strip());
        List<String> texts = new ArrayList<>(written);
        return texts.subList(0, Math.min(n, texts.size()));
    }

    static String prompt(String query, String positive, int n) {
        return "A search engine is trained with passages that answer a query and hard negatives. A hard negative shares the"
                + " subject, the words, the style and the length of the answering passage, but does not answer the query.\n\n"
                + "Query: " + query + "\n\nPassage that answers it: " + positive + "\n\nWrite " + n
                + " hard negatives, each on a line of its own, and nothing else.";
    }
}
