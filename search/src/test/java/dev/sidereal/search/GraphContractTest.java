package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import dev.sidereal.testkit.RetrieverContract;
import java.io.IOException;
import java.util.List;
import java.util.Objects;

/** The dense leg through its graph, with vectors of one byte a dimension: wide enough to be exact on small corpora. */
class GraphContractTest extends RetrieverContract {
    @Override
    protected Retriever open(List<Item> items, AclMode mode) throws IOException {
        return new IndexedRetriever(
                items,
                mode,
                Blend.only("dense"),
                settings -> settings.withDense(Objects.requireNonNull(settings.dense())
                        .withExactBelow(0)
                        .withQuantised(true)));
    }
}
