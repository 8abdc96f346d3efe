package dev.sidereal.train.negatives.chat;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.train.negatives.filter.GeckoRelabel.Ranker;
import java.util.List;

/**
 * A language model that puts passages in the order of how well they answer a query, seeing nothing else. Passages that it
 * leaves out are not ranked. Source: Lee et al., Gecko, arXiv 2403.20327, section 3.2.
 *
 * <p>Differs: one list in place of a mean of query likelihood and relevance over single passages.
 *
 * @param name of the model, for the report's key
 */
public record ChatRanker(String name, ChatModel model) implements Ranker {
    @Override
    public List<Integer> rank(String query, List<String> texts) {
        return NumberedTexts.positions(model.chat(prompt(query, texts)), texts.size());
    }

    static String prompt(String query, List<String> texts) {
        return "Query: " + query + "\n\nPassages:\n\n" + NumberedTexts.list(texts)
                + "Put all passages in order, the one that answers the query best first. Write their numbers on one line,"
                + " parted by commas, and nothing else.";
    }
}
