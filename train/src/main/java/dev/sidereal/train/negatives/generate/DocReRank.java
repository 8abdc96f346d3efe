package dev.sidereal.train.negatives.generate;

import dev.langchain4j.model.chat.ChatModel;
import dev.sidereal.train.data.Example;
import dev.sidereal.train.data.Text;
import dev.sidereal.train.negatives.filter.Judged.RelevanceJudge;
import java.util.List;
import java.util.Optional;

/**
 * A negative made on the query's side: a language model writes a query that a page answers and a similar page does not, and
 * a judge confirms both, else nothing comes of it. Source: Wasserman et al., DocReRank, arXiv 2505.22584, by its abstract.
 */
public final class DocReRank {
    private final ChatModel model;
    private final RelevanceJudge judge;

    /** Makes a writer. */
    public DocReRank(ChatModel model, RelevanceJudge judge) {
        this.model = model;
        this.judge = judge;
    }

    /** {@return an example whose only negative is the similar page; empty if the judge does not agree} */
    public Optional<Example> write(Text page, Text similar) {
        String query = model.chat("Page A: " + page.text() + "\n\nPage B: " + similar.text()
                        + "\n\nWrite one query to a search engine that page A answers and page B does not, on one line, and"
                        + " nothing else.")
                .strip();
        if (query.isEmpty()
                || !judge.relevant(query, List.of(page.text())).equals(List.of(true))
                || !judge.relevant(query, List.of(similar.text())).equals(List.of(false))) {
            return Optional.empty();
        }
        return Optional.of(new Example(
                Text.of(query), List.of(page), List.of(similar), List.of(), "", "written for '" + page.id() + "'"));
    }
}
