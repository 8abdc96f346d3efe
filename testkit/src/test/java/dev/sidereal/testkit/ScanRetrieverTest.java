package dev.sidereal.testkit;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import java.util.List;

class ScanRetrieverTest extends RetrieverContract {
    @Override
    protected Retriever open(List<Item> items, AclMode mode) {
        return new ScanRetriever(items, mode, new HashingEncoder(64));
    }
}
