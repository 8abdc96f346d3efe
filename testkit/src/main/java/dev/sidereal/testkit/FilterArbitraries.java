package dev.sidereal.testkit;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.filter.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Filters that fit a schema, of every kind and nested a few levels. */
public final class FilterArbitraries {
    private static final int DEPTH = 3;
    private static final int WIDTH = 3;

    private final Schema schema;
    private final List<Item> items;

    private FilterArbitraries(Schema schema, List<Item> items) {
        this.schema = schema;
        this.items = items;
    }

    /** {@return filters with values of any content, which rarely admit a given item} */
    public static Arbitrary<Filter> filters(Schema schema) {
        return filters(schema, List.of());
    }

    /** {@return filters whose values are mostly held by the items, so that they admit some and turn away others} */
    public static Arbitrary<Filter> filters(Schema schema, List<Item> items) {
        return new FilterArbitraries(schema, items).tree(DEPTH);
    }

    private Arbitrary<Filter> tree(int depth) {
        Arbitrary<Filter> leaf = leaf();
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<Filter> part = tree(depth - 1);
        Arbitrary<List<Filter>> parts = part.list().ofMaxSize(WIDTH);
        return Arbitraries.frequencyOf(
                Tuple.of(4, leaf),
                Tuple.of(1, parts.map(Filter.And::new)),
                Tuple.of(2, parts.map(Filter.Or::new)),
                Tuple.of(1, part.map(Filter.Not::new)));
    }

    private Arbitrary<Filter> leaf() {
        Arbitrary<Filter> all = Arbitraries.just(Filter.all());
        if (schema.fields().isEmpty()) {
            return all;
        }
        return Arbitraries.frequencyOf(
                Tuple.of(1, all),
                Tuple.of(9, Arbitraries.of(schema.fields().keySet()).flatMap(this::test)));
    }

    private Arbitrary<Filter> test(String field) {
        Arbitrary<FieldValue> value = value(field);
        List<Arbitrary<Filter>> tests = new ArrayList<>(List.of(
                value.map(v -> new Filter.Is(field, v)),
                value.list().ofMaxSize(WIDTH).map(values -> new Filter.In(field, values)),
                Arbitraries.just(new Filter.Exists(field))));
        FieldType type = schema.type(field);
        if (type == FieldType.NUMBER || type == FieldType.DATE) {
            Arbitrary<Boolean> inclusive = Arbitraries.of(true, false);
            tests.add(Combinators.combine(value.optional(0.7), inclusive, value.optional(0.7), inclusive)
                    .as((from, fromInclusive, to, toInclusive) ->
                            new Filter.Range(field, from.orElse(null), fromInclusive, to.orElse(null), toInclusive)));
        }
        return Arbitraries.oneOf(tests);
    }

    private Arbitrary<FieldValue> value(String field) {
        FieldType type = schema.type(field);
        Arbitrary<FieldValue> any = ItemArbitraries.values(type == FieldType.SET ? FieldType.KEYWORD : type);
        List<FieldValue> held = items.stream()
                .map(item -> item.fields().get(field))
                .flatMap(FilterArbitraries::single)
                .distinct()
                .toList();
        return held.isEmpty() ? any : Arbitraries.frequencyOf(Tuple.of(5, Arbitraries.of(held)), Tuple.of(1, any));
    }

    private static Stream<FieldValue> single(@Nullable FieldValue value) {
        return value instanceof FieldValue.Keywords set
                ? set.values().stream().map(FieldValue.Keyword::new)
                : Stream.ofNullable(value);
    }
}
