package dev.sidereal.testkit;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import java.util.Collections;
import java.util.List;

/** The contract over an engine that, like a lexical one, finds only items which share a word with the query. */
class SharedWordRetrieverTest extends RetrieverContract {
    @Override
    protected Retriever open(List<Item> items, AclMode mode) {
        Retriever scan = new ScanRetriever(items, mode, new HashingEncoder(64));
        return new Retriever() {
            @Override
            public String name() {
                return "shared words";
            }

            @Override
            public List<Hit> retrieve(SearchRequest request) {
                List<String> found = items.stream()
                        .filter(item -> finds(request.text(), item))
                        .map(Item::id)
                        .toList();
                return scan.retrieve(request.withK(Math.max(1, items.size()))).stream()
                        .filter(hit -> found.contains(hit.id()))
                        .limit(request.k())
                        .toList();
            }
        };
    }

    @Override
    protected boolean finds(String query, Item item) {
        return !Collections.disjoint(HashingEncoder.words(query), HashingEncoder.words(ScanRetriever.wholeText(item)));
    }
}
