package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import dev.sidereal.testkit.RetrieverContract;
import dev.sidereal.testkit.ScanRetriever;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;

class Bm25LegContractTest extends RetrieverContract {
    private static final Analyzer ENGLISH = Analysis.of("en");

    @Override
    protected Retriever open(List<Item> items, AclMode mode) throws IOException {
        return new IndexedRetriever(items, mode, Blend.only("bm25"), settings -> settings);
    }

    @Override
    protected boolean finds(String query, Item item) {
        Set<String> asked = Analysis.terms(ENGLISH, query).keySet();
        return Analysis.terms(ENGLISH, ScanRetriever.wholeText(item)).keySet().stream()
                .anyMatch(asked::contains);
    }
}
