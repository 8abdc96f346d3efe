package dev.sidereal.core.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.FieldValue.Flag;
import dev.sidereal.core.FieldValue.Keyword;
import dev.sidereal.core.FieldValue.Numeric;
import dev.sidereal.core.FieldValue.Timestamp;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.core.filter.Filter.All;
import dev.sidereal.core.filter.Filter.And;
import dev.sidereal.core.filter.Filter.Exists;
import dev.sidereal.core.filter.Filter.In;
import dev.sidereal.core.filter.Filter.Is;
import dev.sidereal.core.filter.Filter.Not;
import dev.sidereal.core.filter.Filter.Or;
import dev.sidereal.core.filter.Filter.Range;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterSyntaxTest {
    private static final Schema SCHEMA = new Schema(new TreeMap<>(Map.of(
            "lang", FieldType.KEYWORD,
            "year", FieldType.NUMBER,
            "price", FieldType.NUMBER,
            "date", FieldType.DATE,
            "open", FieldType.BOOLEAN,
            "tag", FieldType.SET,
            "in", FieldType.KEYWORD,
            "my \"field\"", FieldType.KEYWORD,
            "*", FieldType.NUMBER)));

    static final List<Filter> FILTERS = List.of(
            new All(),
            new And(List.of()),
            new Or(List.of()),
            new And(List.of(new All())),
            new Or(List.of(new And(List.of(new Or(List.of()))))),
            new Not(new Not(new Is("lang", new Keyword("de")))),
            new Not(new And(List.of(new Exists("tag"), new Exists("lang")))),
            new And(List.of(new And(List.of(new All(), new All())), new Or(List.of(new All(), new All())))),
            new In("year", List.of()),
            new In(
                    "tag",
                    List.of(new Keyword(""), new Keyword("a\\\"'b"), new Keyword("line\nbreak\t\u0000 \uD83D\uDE00"))),
            new Is("in", new Keyword("in")),
            new Is("my \"field\"", new Keyword("*")),
            new Is("*", new Numeric(-0.0)),
            new Is("year", new Numeric(Double.MIN_VALUE)),
            new Is("year", new Numeric(-Double.MAX_VALUE)),
            new Is("year", new Numeric(0.1 + 0.2)),
            new Is("year", new Numeric(1L << 62)),
            new Is("open", new Flag(false)),
            new Is("date", new Timestamp(Instant.ofEpochMilli(Long.MAX_VALUE))),
            new Is("date", new Timestamp(Instant.ofEpochMilli(Long.MIN_VALUE))),
            new Is("date", new Timestamp(Instant.parse("-0044-03-15T00:00:00Z"))),
            new Range("year", null, true, null, false),
            new Range("year", null, false, null, false),
            new Range("year", null, false, null, true),
            new Range("year", new Numeric(1), true, null, true),
            new Range("year", new Numeric(1), false, null, false),
            new Range("year", null, true, new Numeric(1), false),
            new Range("year", null, false, new Numeric(1), true),
            new Range("year", new Numeric(1), false, new Numeric(2), false),
            new Range("year", new Numeric(1), false, new Numeric(2), true),
            new Range("date", date("2020-01-01T10:00:00.250Z"), true, date("2020-01-02T00:00:00Z"), false));

    @Test
    void readsEveryConstruct() {
        assertThat(parse("lang = \"en\" and (year >= 2001 or not tag in (\"a\",\"b\"))"
                        + " and date in [2020-01-01, 2021-01-01) and exists(price) and open = true and year != 3"))
                .isEqualTo(new And(List.of(
                        new Is("lang", new Keyword("en")),
                        new Or(List.of(
                                new Range("year", new Numeric(2001), true, null, false),
                                new Not(new In("tag", List.of(new Keyword("a"), new Keyword("b")))))),
                        new Range("date", date("2020-01-01T00:00:00Z"), true, date("2021-01-01T00:00:00Z"), false),
                        new Exists("price"),
                        new Is("open", new Flag(true)),
                        new Not(new Is("year", new Numeric(3))))));
    }

    @ParameterizedTest
    @FieldSource("FILTERS")
    void printsWhatItReadsAsTheSameFilter(Filter filter) {
        String text = FilterSyntax.print(filter);

        assertThat(parse(text)).as(text).isEqualTo(filter);
    }

    @Test
    void bindsAndTighterThanOrAndNotTightest() {
        assertThat(parse("open = true or not year < 3 and lang = en"))
                .isEqualTo(new Or(List.of(
                        new Is("open", new Flag(true)),
                        new And(List.of(
                                new Not(new Range("year", null, false, new Numeric(3), false)),
                                new Is("lang", new Keyword("en")))))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lang=en AND NOT tag IN(c++,de-AT)",
                "lang = 'en' and tag not in ('c++', \"de-AT\")",
                " ( lang =\ten )\nand ( not tag in ( c++ , de-AT ) ) "
            })
    void readsBareWordsAnyCaseAndBothQuotes(String text) {
        assertThat(parse(text))
                .isEqualTo(new And(List.of(
                        new Is("lang", new Keyword("en")),
                        new Not(new In("tag", List.of(new Keyword("c++"), new Keyword("de-AT")))))));
    }

    @Test
    void readsALiteralAsTheTypeOfItsField() {
        assertThat(parse("lang = 2001")).isEqualTo(new Is("lang", new Keyword("2001")));
        assertThat(parse("lang = true")).isEqualTo(new Is("lang", new Keyword("true")));
        assertThat(parse("year = '2001'")).isEqualTo(new Is("year", new Numeric(2001)));
        assertThat(parse("open = TRUE")).isEqualTo(new Is("open", new Flag(true)));
        assertThat(parse("date = 2020-02-29")).isEqualTo(new Is("date", date("2020-02-29T00:00:00Z")));
        assertThat(parse("date = 2020-02-29T01:00:00+01:00")).isEqualTo(new Is("date", date("2020-02-29T00:00:00Z")));
    }

    @Test
    void readsRoundBracketsAsAListUnlessASquareOneCloses() {
        assertThat(parse("year in (1, 2)")).isEqualTo(new In("year", List.of(new Numeric(1), new Numeric(2))));
        assertThat(parse("year in (1, 2]")).isEqualTo(new Range("year", new Numeric(1), false, new Numeric(2), true));
        assertThat(parse("year in [*, 2)")).isEqualTo(new Range("year", null, true, new Numeric(2), false));
    }

    @Test
    void pointsAtALiteralOfTheWrongType() {
        assertRefused("lang = en and year = abc", """
                filter, at character 22: field 'year' is a number, got 'abc'; write a number such as 12.5
                  lang = en and year = abc
                                       ^""");
        assertRefused("date < 2021-02-29", """
                filter, at character 8: field 'date' is a date, got '2021-02-29'; write a date such as 2020-01-31 or 2020-01-31T10:15:00Z
                  date < 2021-02-29
                         ^""");
        assertRefused("open = \"yes\"", """
                filter, at character 8: field 'open' is a boolean, got "yes"; write true or false
                  open = "yes"
                         ^""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"year = 1e999", "year = NaN", "year = 0x1p3", "year = 1d", "year = \"\""})
    void refusesNumbersThatAreNotFiniteDecimals(String text) {
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("filter, at character 8: field 'year' is a number, got ");
    }

    @Test
    void namesTheFieldsThereAreForOneThereIsNot() {
        Schema small = new Schema(new TreeMap<>(Map.of("lang", FieldType.KEYWORD, "year", FieldType.NUMBER)));

        assertThatThrownBy(() -> FilterSyntax.parse("lang = en or exists(yaer)", small))
                .isInstanceOf(BadInput.class)
                .hasMessage("""
                        filter, at character 21: there is no field 'yaer'; fields are lang, year
                          lang = en or exists(yaer)
                                              ^""");
    }

    @Test
    void refusesOrderOnFieldsWithoutOne() {
        assertRefused("tag > a", """
                filter, at character 5: field 'tag' is a set; < <= > >= and ranges work on numbers and dates, use = or in (...)
                  tag > a
                      ^""");
        assertThatThrownBy(() -> parse("lang in [a, b]"))
                .hasMessageContaining("at character 9: field 'lang' is a keyword");
    }

    @Test
    void tellsWhatItExpectedWhereTheTextGoesWrong() {
        assertRefused("lang = new york", """
                filter, at character 12: expected 'and', 'or' or the end; a text with white space in it needs quotes, got 'york'
                  lang = new york
                             ^""");
        assertRefused("(lang = en", """
                filter, at character 11: expected ')', got the end
                  (lang = en
                            ^""");
        assertRefused("lang = 'en", """
                filter, at character 8: the quote that opens here is never closed; write \\' for a quote inside
                  lang = 'en
                         ^""");
        assertThatThrownBy(() -> parse("lang"))
                .hasMessageContaining("expected one of = != < <= > >= in after field 'lang', got the end");
        assertThatThrownBy(() -> parse("lang ! en"))
                .hasMessageContaining("at character 6: '!' stands alone; write != or not");
        assertThatThrownBy(() -> parse("lang = en and"))
                .hasMessageContaining("expected a field's name, 'not' or '(', got the end");
        assertThatThrownBy(() -> parse("year in 3"))
                .hasMessageContaining("expected a list such as (a, b) or a range such as [1, 9) after 'in', got '3'");
        assertThatThrownBy(() -> parse("year in [1, 2"))
                .hasMessageContaining("expected ']' or ')' at the end of a range of two bounds");
        assertThatThrownBy(() -> parse("lang = and"))
                .hasMessageContaining("expected a text such as \"en\" for field 'lang', got 'and'");
    }

    @Test
    void countsCharactersNotUtf16Units() {
        assertThatThrownBy(() -> parse("lang = '\uD83D\uDE00' and nope = 1"))
                .hasMessageStartingWith("filter, at character 16: there is no field 'nope'");
    }

    @Test
    void showsOnlyTheSurroundingsInALongText() {
        String text = "lang = en or ".repeat(1000) + "year = x" + " or lang = en".repeat(1000);

        assertThatThrownBy(() -> parse(text))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(400))
                .hasMessageContaining("\n  ...")
                .hasMessageEndingWith(" ^");
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> parse("  "))
                .isInstanceOf(BadInput.class)
                .hasMessage("the filter is empty: leave it out, or write * to admit everything");
    }

    @Test
    void refusesTextsBuiltToExhaustIt() {
        int deep = 100_000;
        for (String hostile : List.of("(".repeat(deep), "not ".repeat(deep) + "*", "all(".repeat(deep))) {
            assertThatThrownBy(() -> parse(hostile))
                    .isInstanceOf(BadInput.class)
                    .hasMessageContaining("the filter is nested more than 100 deep;");
        }
        assertThatThrownBy(() -> parse("*".repeat(FilterSyntax.MAX_LENGTH + 1)))
                .isInstanceOf(BadInput.class)
                .hasMessage("the filter is 1048577 characters long, at most 1048576 are read;"
                        + " put the values in a field and filter on that");
    }

    @Test
    void readsTheDeepestThatItAllows() {
        String text = "not ".repeat(FilterSyntax.MAX_DEPTH - 1) + "*";

        assertThat(FilterSyntax.print(parse(text))).isEqualTo(text);
    }

    private static void assertRefused(String text, String message) {
        assertThatThrownBy(() -> parse(text)).isInstanceOf(BadInput.class).hasMessage(message);
    }

    private static Filter parse(String text) {
        return FilterSyntax.parse(text, SCHEMA);
    }

    private static FieldValue date(String text) {
        return new Timestamp(Instant.parse(text));
    }
}
