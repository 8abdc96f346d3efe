package dev.sidereal.core.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.catalogue.Schema;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilterMatcherTest {
    private static final Item FULL = Item.of("full", "", "")
            .withField("lang", new FieldValue.Keyword("en"))
            .withField("year", new FieldValue.Numeric(2010))
            .withField("date", new FieldValue.Timestamp(Instant.parse("2020-06-15T12:00:00.250Z")))
            .withField("open", new FieldValue.Flag(true))
            .withField("tag", new FieldValue.Keywords(new TreeSet<>(List.of("a", "b"))));
    private static final Item BARE = Item.of("bare", "", "");
    private static final Schema SCHEMA = Schema.empty().with(FULL);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*",
                "all()",
                "lang = en",
                "lang in (de, en)",
                "year in [2010, 2010]",
                "year in (2009, 2010]",
                "year in [2010, *]",
                "year >= 2010",
                "year <= 2010",
                "year > 2009.5",
                "date in [2020-06-15, 2020-06-16)",
                "date = 2020-06-15T12:00:00.25Z",
                "open = true",
                "tag = a",
                "tag in (b, c)",
                "exists(tag)",
                "tag != c",
                "lang = en and tag = b",
                "lang = de or tag = b",
                "any(lang = de, tag = b)",
            })
    void admits(String filter) {
        assertThat(matches(filter, FULL)).isTrue();
        assertThat(matches("not (" + filter + ")", FULL)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "any()",
                "lang = EN",
                "lang in ()",
                "year in [2010, 2010)",
                "year in ]2010, 2011[",
                "year in [2011, 2009]",
                "year < 2010",
                "year > 2010",
                "date = 2020-06-15",
                "open = false",
                "tag = c",
                "tag != a",
                "tag not in (a)",
                "lang = en and tag = c",
            })
    void turnsAway(String filter) {
        assertThat(matches(filter, FULL)).isFalse();
        assertThat(matches("not (" + filter + ")", FULL)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lang = en",
                "lang in (en)",
                "year in [*, *]",
                "year < 1e300",
                "date >= 0001-01-01",
                "open = false",
                "tag = a",
                "exists(tag)"
            })
    void aMissingFieldMatchesNothingButNot(String filter) {
        assertThat(matches(filter, BARE)).isFalse();
        assertThat(matches("not " + filter, BARE)).isTrue();
    }

    @Test
    void zeroHasNoSign() {
        Item zero = BARE.withField("year", new FieldValue.Numeric(-0.0));

        assertThat(matches("year = 0", zero)).isTrue();
        assertThat(matches("year >= 0", zero)).isTrue();
    }

    @Test
    void aDateIsCutToTheMillisecond() {
        Item item = BARE.withField("date", new FieldValue.Timestamp(Instant.parse("2020-06-15T12:00:00.000999Z")));

        assertThat(matches("date = 2020-06-15T12:00:00Z", item)).isTrue();
    }

    private static boolean matches(String filter, Item item) {
        return FilterMatcher.matches(FilterSyntax.parse(filter, SCHEMA), item);
    }
}
