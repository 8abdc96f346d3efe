package dev.sidereal.search;

import dev.sidereal.core.Encoder;
import dev.sidereal.core.error.BadConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** The legs of one index by name. Thread-safe. */
final class LegSet {
    private final Map<String, Leg> byName = new LinkedHashMap<>();
    private final Bm25Leg words;
    private final Snippets snippets;
    private final Analyzer analyzer;
    private final boolean lexical;

    LegSet(IndexSettings settings, Analyzer analyzer, @Nullable Encoder encoder) {
        IndexSettings.Lexical bm25 = settings.lexical();
        this.words = new Bm25Leg(analyzer, bm25 == null ? 0 : bm25.titleWeight());
        this.analyzer = analyzer;
        this.snippets = new Snippets(analyzer);
        this.lexical = bm25 != null;
        if (lexical) {
            byName.put(Bm25Leg.NAME, words);
        }
        if (settings.dense() != null && encoder != null) {
            byName.put(DenseLeg.NAME, new DenseLeg(encoder, settings.dense()));
        }
    }

    /** {@return the names of the legs, lexical first} */
    List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /**
     * {@return the legs of a blend}
     *
     * @throws BadConfig if the index does not have one of them
     */
    List<Leg> of(Blend blend) {
        List<Leg> legs = new ArrayList<>();
        for (String name : blend.legs()) {
            Leg leg = byName.get(name);
            if (leg == null) {
                throw new BadConfig("this index has no leg '" + name + "'; it has " + String.join(", ", byName.keySet())
                        + "; index again with --legs to add one");
            }
            legs.add(leg);
        }
        return legs;
    }

    /** {@return the words of a text as a query, everything if the index keeps no words} */
    Query words(String text) {
        return lexical ? words.words(text) : MatchAllDocsQuery.INSTANCE;
    }

    Analyzer analyzer() {
        return analyzer;
    }

    Snippet snippet(String passage, String text) {
        return snippets.of(passage, words.words(text));
    }
}
