package dev.sidereal.core.filter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.FieldValue.Keyword;
import dev.sidereal.core.FieldValue.Keywords;
import dev.sidereal.core.FieldValue.Numeric;
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
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FilterCheckTest {
    private static final Schema SCHEMA =
            new Schema(new TreeMap<>(Map.of("tag", FieldType.SET, "year", FieldType.NUMBER)));
    private static final FieldValue ONE = new Numeric(1);

    @Test
    void passesAFilterThatFitsTheSchema() {
        Filter fitting = new And(List.of(
                new All(),
                new Or(List.of(new Exists("tag"), new In("tag", List.of(new Keyword("a"))))),
                new Not(new Range("year", ONE, true, null, false))));

        assertThatCode(() -> FilterCheck.check(fitting, SCHEMA)).doesNotThrowAnyException();
    }

    @Test
    void refusesUnknownFieldsHoweverDeep() {
        String message = "there is no field 'nope'; fields are tag, year";
        refuses(new Is("nope", ONE), message);
        refuses(new In("nope", List.of()), message);
        refuses(new Range("nope", null, true, null, true), message);
        refuses(new Not(new And(List.of(new Or(List.of(new Exists("nope")))))), message);
    }

    @Test
    void refusesValuesOfAnotherType() {
        refuses(
                new In("year", List.of(ONE, new Keyword("1"))),
                "filter: field 'year' is a number and is compared with a number, got a keyword");
        refuses(
                new Is("tag", new Keywords(new TreeSet<>(List.of("a")))),
                "filter: field 'tag' is a set and is compared with a keyword, got a set");
        refuses(
                new Range("year", ONE, true, new Keyword("1"), true),
                "filter: field 'year' is a number and is compared with a number, got a keyword");
        refuses(
                new Range("tag", null, true, null, true),
                "filter: field 'tag' is a set; < <= > >= and ranges work on numbers and dates, use Is or In");
    }

    @Test
    void refusesEndlessNesting() {
        Filter filter = new All();
        for (int i = 0; i < 100_000; i++) {
            filter = new Not(filter);
        }
        refuses(
                filter,
                "the filter is nested more than 100 deep; write it flatter," + " with In instead of many alternatives");
    }

    private static void refuses(Filter filter, String message) {
        assertThatThrownBy(() -> FilterCheck.check(filter, SCHEMA))
                .isInstanceOf(BadInput.class)
                .hasMessage(message);
    }
}
