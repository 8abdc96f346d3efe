package dev.sidereal.train.negatives.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.train.negatives.filter.Judged.RelevanceJudge;
import java.util.ArrayList;
import java.util.List;

/**
 * A language model that says which passages answer a query. It sees the query and the passages in the order it is given
 * them, which is drawn, and nothing else; it answers with the numbers of those that do, or with "none". Source: RLHN, arXiv
 * 2505.16967, section 3.
 *
 * <p>Differs: numbers in place of reasoning and JSON, which small models get right more often.
 *
 * @param name of the model, for the report's key
 */
public record ChatJudge(String name, ChatModel model) implements RelevanceJudge {
    @Override
    public List<Boolean> relevant(String query, List<String> texts) {
        List<Integer> relevant = NumberedTexts.positions(model.chat(prompt(query, texts)), texts.size());
        List<Boolean> answers = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            answers.add(relevant.contains(i));
        }
        return answers;
    }

    static String prompt(String query, List<String> texts) {
        return "Query: " + query + "\n\nPassages:\n\n" + NumberedTexts.list(texts)
                + "Which of these passages answer the query, in whole or in part? Write their numbers on one line, parted by"
                + " commas, or the word none, and nothing else.";
    }
}
