package dev.sidereal.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.Principal;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterMatcher;
import dev.sidereal.testkit.FilterArbitraries;
import dev.sidereal.testkit.PrincipalArbitraries;
import dev.sidereal.testkit.RandomCorpus;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Counts, facets and single items on a full index are those of an index that holds only what the principal may read. */
class CountsUnderRightsTest {
    private static final List<Item> ITEMS = RandomCorpus.items(150, 21);
    private static final Blend WORDS = Blend.only("bm25");
    private static final Map<AclMode, IndexedRetriever> FULL = new EnumMap<>(AclMode.class);

    @BeforeContainer
    static void open() throws IOException {
        for (AclMode mode : AclMode.values()) {
            FULL.put(
                    mode,
                    new IndexedRetriever(
                            ITEMS,
                            mode,
                            WORDS,
                            settings -> IndexSettings.words().withAclMode(settings.aclMode())));
        }
    }

    @AfterContainer
    static void close() throws IOException {
        for (IndexedRetriever retriever : FULL.values()) {
            retriever.close();
        }
    }

    @Provide
    Arbitrary<Principal> principals() {
        return PrincipalArbitraries.principals();
    }

    @Provide
    Arbitrary<Filter> filters() {
        return FilterArbitraries.filters(RandomCorpus.SCHEMA, ITEMS);
    }

    @Property(tries = 200)
    void countsAndFacetsEqualACountByHand(
            @ForAll AclMode mode, @ForAll("principals") Principal principal, @ForAll("filters") Filter filter) {
        List<Item> seen = ITEMS.stream()
                .filter(item -> principal.mayRead(item.acl(), mode) && FilterMatcher.matches(filter, item))
                .toList();
        try (IndexSnapshot snapshot = index(mode).snapshot(principal)) {
            assertThat(snapshot.count("", filter)).isEqualTo(seen.size());
            for (Facet facet : snapshot.facets("", filter, List.of("lang", "open", "tags"), 100)) {
                assertThat(facet.values())
                        .as("%s for %s", facet.field(), principal)
                        .containsExactlyInAnyOrderElementsOf(byHand(facet.field(), seen));
            }
        }
    }

    @Property(tries = 15)
    void countsAndFacetsEqualThoseOfTheReducedIndex(
            @ForAll AclMode mode,
            @ForAll("principals") Principal principal,
            @ForAll("filters") Filter filter,
            @ForAll Random random)
            throws IOException {
        List<Item> readable = ITEMS.stream()
                .filter(item -> principal.mayRead(item.acl(), mode))
                .toList();
        String text = RandomCorpus.query(random);
        try (IndexedRetriever reduced = new IndexedRetriever(
                        readable, mode, WORDS, settings -> IndexSettings.words().withAclMode(settings.aclMode()));
                IndexSnapshot alone = reduced.index().snapshot(principal);
                IndexSnapshot full = index(mode).snapshot(principal)) {
            assertThat(full.count(text, filter)).isEqualTo(alone.count(text, filter));
            assertThat(full.facets(text, filter, List.of("lang", "tags"), 100))
                    .isEqualTo(alone.facets(text, filter, List.of("lang", "tags"), 100));
            for (Item item : ITEMS) {
                assertThat(full.item(item.id()).isPresent()).isEqualTo(readable.contains(item));
            }
        }
    }

    private static CatalogueIndex index(AclMode mode) {
        return Objects.requireNonNull(FULL.get(mode)).index();
    }

    private static List<Facet.Count> byHand(String field, List<Item> items) {
        Map<String, Long> counts = new HashMap<>();
        for (Item item : items) {
            switch (item.fields().get(field)) {
                case null -> {}
                case FieldValue.Keywords(var values) -> values.forEach(value -> counts.merge(value, 1L, Long::sum));
                case FieldValue.Keyword(String value) -> counts.merge(value, 1L, Long::sum);
                case FieldValue.Flag(boolean value) -> counts.merge(Boolean.toString(value), 1L, Long::sum);
                default -> throw new IllegalStateException(field);
            }
        }
        return counts.entrySet().stream()
                .map(e -> new Facet.Count(e.getKey(), e.getValue()))
                .toList();
    }
}
