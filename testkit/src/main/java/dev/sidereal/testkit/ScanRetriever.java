package dev.sidereal.testkit;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.Encoder;
import dev.sidereal.core.Hit;
import dev.sidereal.core.Item;
import dev.sidereal.core.Retriever;
import dev.sidereal.core.SearchRequest;
import dev.sidereal.core.Section;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.filter.FilterCheck;
import dev.sidereal.core.filter.FilterMatcher;
import dev.sidereal.core.vector.Vectors;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The plainest retriever there can be: looks at every item, asks rights and filter, and scores by the dot product of the
 * encoder's vectors. A stand-in where a test needs some retriever, and the first to pass {@link RetrieverContract}.
 * O(items * dims) a request.
 */
public final class ScanRetriever implements Retriever {
    private final List<Item> items;
    private final AclMode mode;
    private final Encoder encoder;
    private final Schema schema;
    private final float[][] vectors;

    /**
     * Takes in items; the encoder remains the caller's to close.
     *
     * @param items with distinct ids
     */
    public ScanRetriever(List<Item> items, AclMode mode, Encoder encoder) {
        this.items = List.copyOf(items);
        this.mode = mode;
        this.encoder = encoder;
        Schema grown = Schema.empty();
        for (Item item : items) {
            grown = grown.with(item);
        }
        this.schema = grown;
        this.vectors = encoder.encode(
                        Encoder.Role.DOCUMENT,
                        items.stream().map(ScanRetriever::wholeText).toList())
                .vectors();
    }

    @Override
    public String name() {
        return "scan";
    }

    @Override
    public List<Hit> retrieve(SearchRequest request) {
        FilterCheck.check(request.filter(), schema);
        float[] query =
                encoder.encode(Encoder.Role.QUERY, List.of(request.text())).vectors()[0];
        List<Hit> hits = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            if (request.principal().mayRead(item.acl(), mode) && FilterMatcher.matches(request.filter(), item)) {
                hits.add(new Hit(item.id(), Vectors.dot(query, vectors[i]), 0, List.of()));
            }
        }
        hits.sort(Comparator.comparingDouble(Hit::score).reversed().thenComparing(Hit::id));
        return List.copyOf(hits.subList(0, Math.min(request.k(), hits.size())));
    }

    /** {@return title, text and sections of an item in reading order} */
    public static String wholeText(Item item) {
        List<String> parts = new ArrayList<>(List.of(item.title(), item.text()));
        for (Section section : item.sections()) {
            parts.add(section.heading());
            parts.add(section.text());
        }
        return String.join("\n", parts);
    }
}
