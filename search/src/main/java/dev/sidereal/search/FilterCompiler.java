package dev.sidereal.search;

import dev.sidereal.core.FieldValue;
import dev.sidereal.core.catalogue.Schema;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterCheck;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.apache.lucene.document.DoubleField;
import org.apache.lucene.document.KeywordField;
import org.apache.lucene.document.LongField;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FieldExistsQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/** Compiles the filter language to Lucene queries over passages. */
final class FilterCompiler {
    private FilterCompiler() {}

    /**
     * {@return the query, or null if the filter admits everything}
     *
     * @throws dev.sidereal.core.error.BadInput if the filter does not fit the schema
     */
    static @Nullable Query compile(Filter filter, Schema schema) {
        FilterCheck.check(filter, schema);
        return filter instanceof Filter.All ? null : query(filter);
    }

    private static Query query(Filter filter) {
        return switch (filter) {
            case Filter.All _ -> MatchAllDocsQuery.INSTANCE;
            case Filter.Is is -> equal(is.field(), is.value());
            case Filter.In in ->
                any(in.values().stream().map(v -> equal(in.field(), v)).toList());
            case Filter.Range range -> range(range);
            case Filter.Exists exists -> new FieldExistsQuery(LuceneFields.typed(exists.field()));
            case Filter.And and ->
                all(and.parts().stream().map(FilterCompiler::query).toList());
            case Filter.Or or ->
                any(or.parts().stream().map(FilterCompiler::query).toList());
            case Filter.Not not ->
                new BooleanQuery.Builder()
                        .add(MatchAllDocsQuery.INSTANCE, Occur.FILTER)
                        .add(query(not.part()), Occur.MUST_NOT)
                        .build();
        };
    }

    private static Query all(Collection<Query> parts) {
        return parts.isEmpty() ? MatchAllDocsQuery.INSTANCE : join(parts, Occur.FILTER);
    }

    private static Query any(List<Query> parts) {
        return parts.isEmpty() ? MatchNoDocsQuery.INSTANCE : join(parts, Occur.SHOULD);
    }

    private static Query join(Collection<Query> parts, Occur occur) {
        BooleanQuery.Builder joined = new BooleanQuery.Builder();
        parts.forEach(part -> joined.add(part, occur));
        return joined.build();
    }

    private static Query equal(String field, FieldValue value) {
        String name = LuceneFields.typed(field);
        return switch (value) {
            case FieldValue.Keyword(String v) -> KeywordField.newExactQuery(name, v);
            case FieldValue.Flag(boolean v) -> KeywordField.newExactQuery(name, Boolean.toString(v));
            // Adding zero makes -0.0 and 0.0 one value.
            case FieldValue.Numeric(double v) -> DoubleField.newExactQuery(name, v + 0.0);
            case FieldValue.Timestamp(Instant v) -> LongField.newExactQuery(name, v.toEpochMilli());
            case FieldValue.Keywords _ -> throw new IllegalStateException("the check lets no set pass as a value");
        };
    }

    private static Query range(Filter.Range range) {
        String name = LuceneFields.typed(range.field());
        if (range.from() instanceof FieldValue.Timestamp || range.to() instanceof FieldValue.Timestamp) {
            long from = range.from() instanceof FieldValue.Timestamp(Instant v)
                    ? v.toEpochMilli() + (range.fromInclusive() ? 0 : 1)
                    : Long.MIN_VALUE;
            long to = range.to() instanceof FieldValue.Timestamp(Instant v)
                    ? v.toEpochMilli() - (range.toInclusive() ? 0 : 1)
                    : Long.MAX_VALUE;
            return from > to ? MatchNoDocsQuery.INSTANCE : LongField.newRangeQuery(name, from, to);
        }
        double from = range.from() instanceof FieldValue.Numeric(double v)
                ? range.fromInclusive() ? v + 0.0 : Math.nextUp(v)
                : Double.NEGATIVE_INFINITY;
        double to = range.to() instanceof FieldValue.Numeric(double v)
                ? range.toInclusive() ? v + 0.0 : Math.nextDown(v)
                : Double.POSITIVE_INFINITY;
        if (range.from() == null && range.to() == null) {
            return new FieldExistsQuery(name);
        }
        return from > to ? MatchNoDocsQuery.INSTANCE : DoubleField.newRangeQuery(name, from, to);
    }
}
