package dev.sidereal.core.filter;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.error.BadInput;
import java.util.List;
import java.util.stream.Stream;

/**
 * Checks a filter that was built in code against a schema, as {@link FilterSyntax#parse} does with a written one. Every
 * engine calls it before it compiles a filter, so that all refuse the same filters with the same words.
 */
public final class FilterCheck {
    private FilterCheck() {}

    /**
     * Checks fields, types and depth.
     *
     * @throws BadInput if the schema lacks a field, a field is compared with another type than its own, a range is put
     *     on a field without order, or the filter is nested deeper than {@link FilterSyntax#MAX_DEPTH}
     */
    public static void check(Filter filter, Schema schema) {
        check(filter, schema, 1);
    }

    private static void check(Filter filter, Schema schema, int depth) {
        if (depth > FilterSyntax.MAX_DEPTH) {
            throw new BadInput("the filter is nested more than " + FilterSyntax.MAX_DEPTH
                    + " deep; write it flatter, with In instead of many alternatives");
        }
        switch (filter) {
            case Filter.All _ -> {}
            case Filter.Is is -> checkValues(is.field(), List.of(is.value()), schema);
            case Filter.In in -> checkValues(in.field(), in.values(), schema);
            case Filter.Range range -> checkRange(range, schema);
            case Filter.Exists exists -> schema.type(exists.field());
            case Filter.And and -> and.parts().forEach(part -> check(part, schema, depth + 1));
            case Filter.Or or -> or.parts().forEach(part -> check(part, schema, depth + 1));
            case Filter.Not not -> check(not.part(), schema, depth + 1);
        }
    }

    private static void checkRange(Filter.Range range, Schema schema) {
        FieldType type = schema.type(range.field());
        if (type != FieldType.NUMBER && type != FieldType.DATE) {
            throw new BadInput("filter: field '" + range.field() + "' is a " + type.label()
                    + "; < <= > >= and ranges work on numbers and dates, use Is or In");
        }
        List<FieldValue> bounds =
                Stream.of(range.from(), range.to()).flatMap(Stream::ofNullable).toList();
        checkValues(range.field(), bounds, schema);
    }

    private static void checkValues(String field, List<FieldValue> values, Schema schema) {
        FieldType type = schema.type(field);
        FieldType expected = type == FieldType.SET ? FieldType.KEYWORD : type;
        for (FieldValue value : values) {
            if (value.type() != expected) {
                throw new BadInput("filter: field '" + field + "' is a " + type.label() + " and is compared with a "
                        + expected.label() + ", got a " + value.type().label());
            }
        }
    }
}
