package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import dev.sidereal.testkit.RetrieverContract;
import java.io.IOException;
import java.util.List;

class HybridContractTest extends RetrieverContract {
    @Override
    protected Retriever open(List<Item> items, AclMode mode) throws IOException {
        return new IndexedRetriever(
                items, mode, Blend.of(List.of("bm25", "dense"), ReciprocalRankFusion.standard()), settings -> settings);
    }
}
