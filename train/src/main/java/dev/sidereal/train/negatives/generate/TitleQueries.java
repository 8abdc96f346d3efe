package dev.sidereal.train.negatives.generate;

import dev.sidereal.core.Item;
import dev.sidereal.core.Section;
import java.util.ArrayList;
import java.util.List;

/**
 * Queries by rules, without a language model: the title asks for the text without it, each heading for its section. Items
 * without title and headings give none. The texts are the same in every run. Thread-safe.
 */
public final class TitleQueries implements QueryWriter {
    @Override
    public List<Written> write(Item item, int n) {
        List<Written> written = new ArrayList<>();
        add(written, item.title(), item.text());
        for (Section section : item.sections()) {
            add(written, section.heading(), section.text());
        }
        return written.subList(0, Math.min(n, written.size()));
    }

    private static void add(List<Written> written, String query, String passage) {
        if (!query.isBlank() && !passage.isBlank()) {
            written.add(new Written(query.strip(), passage.strip()));
        }
    }
}
