package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Encoder;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.testkit.HashingEncoder;
import dev.sidereal.testkit.RandomCorpus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** An index over given items in a folder of its own, for tests. */
final class IndexedRetriever implements Retriever, AutoCloseable {
    private final Path folder;
    private final Encoder encoder = new HashingEncoder(64);
    private final CatalogueIndex index;
    private final Retriever retriever;

    IndexedRetriever(List<Item> items, AclMode mode, Blend blend, UnaryOperator<IndexSettings> settings)
            throws IOException {
        folder = Files.createTempDirectory("index");
        IndexSettings hybrid = IndexSettings.hybrid(encoder.card()).withAclMode(mode);
        CatalogueIndex.create(folder.resolve("i"), settings.apply(hybrid));
        index = CatalogueIndex.openForWriting(folder.resolve("i"), encoder);
        for (int i = 0; i < items.size(); i += 50) {
            index.writer().put(items.subList(i, Math.min(items.size(), i + 50)));
            index.writer().commit();
        }
        declareFields();
        retriever = index.retriever("test", blend);
    }

    /** Makes the schema that of the random corpus, also if no item is left that has some field. */
    private void declareFields() {
        List<Item> declaring = RandomCorpus.items(40, 1).stream()
                .map(item -> new Item("declaring " + item.id(), "", "", List.of(), item.fields(), item.acl()))
                .toList();
        index.writer().put(declaring);
        declaring.forEach(item -> index.writer().delete(item.id()));
        index.refresh();
    }

    CatalogueIndex index() {
        return index;
    }

    @Override
    public String name() {
        return retriever.name();
    }

    @Override
    public List<Hit> retrieve(SearchRequest request) {
        return retriever.retrieve(request);
    }

    @Override
    public void close() throws IOException {
        index.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
