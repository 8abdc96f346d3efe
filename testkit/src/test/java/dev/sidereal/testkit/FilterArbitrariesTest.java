package dev.sidereal.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.Item;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterCheck;
import dev.sidereal.core.filter.FilterMatcher;
import dev.sidereal.core.filter.FilterSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

class FilterArbitrariesTest {
    private static final Schema ODD = new Schema(new TreeMap<>(Map.of(
            "not", FieldType.KEYWORD,
            "a \"b\" \\c", FieldType.NUMBER,
            "*", FieldType.DATE,
            "exists", FieldType.BOOLEAN,
            "ta.g-s:1", FieldType.SET,
            "Größe", FieldType.NUMBER)));

    @Provide
    Arbitrary<Filter> odd() {
        return FilterArbitraries.filters(ODD);
    }

    @Provide
    Arbitrary<Item> items() {
        return ItemArbitraries.items(ODD);
    }

    @Provide
    Arbitrary<String> nearlyFilters() {
        return Arbitraries.of(
                        "not", "and", "in", "exists", "*", "(", ")", "[", "]", ",", "=", "!=", "<", "\"", "'", "\\",
                        "1", "x", "é")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12)
                .map(parts -> String.join(" ", parts));
    }

    @Property
    void everyFilterSurvivesPrintingAndParsing(@ForAll("odd") Filter filter) {
        String text = FilterSyntax.print(filter);

        assertThat(FilterSyntax.parse(text, ODD)).as(text).isEqualTo(filter);
    }

    @Property
    void everyFilterFitsItsSchema(@ForAll("odd") Filter filter) {
        assertThatCode(() -> FilterCheck.check(filter, ODD)).doesNotThrowAnyException();
    }

    @Property
    void aFilterAndItsOppositeShareTheItems(@ForAll("odd") Filter filter, @ForAll("items") Item item) {
        assertThat(FilterMatcher.matches(new Filter.Not(filter), item)).isEqualTo(!FilterMatcher.matches(filter, item));
    }

    @Property
    void anyTextIsAFilterOrRefusedWithASentence(@ForAll("nearlyFilters") String text) {
        try {
            Filter filter = FilterSyntax.parse(text, ODD);
            assertThat(FilterSyntax.parse(FilterSyntax.print(filter), ODD)).isEqualTo(filter);
        } catch (BadInput refused) {
            assertThat(refused).hasMessageStartingWith("filter, at character ").hasMessageEndingWith("^");
        }
    }

    @Test
    void filtersOverItemsAdmitSomeAndTurnAwayOthers() {
        List<Item> items = TinyCorpus.items();
        List<Filter> filters = new ArrayList<>();
        JqwikSession.run(() -> {
            Random random = new Random(1);
            var generator =
                    FilterArbitraries.filters(TinyCorpus.schema(), items).generator(500);
            for (int i = 0; i < 500; i++) {
                filters.add(generator.next(random).value());
            }
        });

        assertThat(filters)
                .filteredOn(filter -> items.stream().anyMatch(item -> FilterMatcher.matches(filter, item)))
                .filteredOn(filter -> items.stream().anyMatch(item -> !FilterMatcher.matches(filter, item)))
                .hasSizeGreaterThan(150);
    }
}
