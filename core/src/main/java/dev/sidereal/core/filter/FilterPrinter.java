package dev.sidereal.core.filter;

import dev.sidereal.core.FieldValue;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes filters; the twin of {@link FilterParser}. */
final class FilterPrinter {
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.:-]*");
    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in", "exists", "all", "any");

    private FilterPrinter() {}

    static void append(StringBuilder out, Filter filter) {
        switch (filter) {
            case Filter.All _ -> out.append('*');
            case Filter.Is is -> comparison(out, is.field(), "=", is.value());
            case Filter.In in -> {
                field(out, in.field());
                out.append(" in (");
                for (int i = 0; i < in.values().size(); i++) {
                    FilterLiteral.append(
                            out.append(i == 0 ? "" : ", "), in.values().get(i));
                }
                out.append(')');
            }
            case Filter.Range range -> range(out, range);
            case Filter.Exists exists -> {
                field(out.append("exists("), exists.field());
                out.append(')');
            }
            case Filter.And and -> parts(out, "and", "all", and.parts());
            case Filter.Or or -> parts(out, "or", "any", or.parts());
            case Filter.Not(Filter.Is(String field, FieldValue value)) -> comparison(out, field, "!=", value);
            case Filter.Not not -> nested(out.append("not "), not.part());
        }
    }

    private static void parts(StringBuilder out, String word, String function, List<Filter> parts) {
        if (parts.size() < 2) {
            out.append(function).append('(');
            parts.forEach(part -> append(out, part));
            out.append(')');
            return;
        }
        nested(out, parts.getFirst());
        for (Filter part : parts.subList(1, parts.size())) {
            nested(out.append(' ').append(word).append(' '), part);
        }
    }

    private static void nested(StringBuilder out, Filter part) {
        boolean brackets = (part instanceof Filter.And and && and.parts().size() > 1)
                || (part instanceof Filter.Or or && or.parts().size() > 1);
        append(out.append(brackets ? "(" : ""), part);
        out.append(brackets ? ")" : "");
    }

    private static void range(StringBuilder out, Filter.Range range) {
        FieldValue from = range.from();
        FieldValue to = range.to();
        if (from != null && to == null && !range.toInclusive()) {
            comparison(out, range.field(), range.fromInclusive() ? ">=" : ">", from);
        } else if (to != null && from == null && !range.fromInclusive()) {
            comparison(out, range.field(), range.toInclusive() ? "<=" : "<", to);
        } else {
            field(out, range.field());
            bound(out.append(" in ").append(range.fromInclusive() ? '[' : ']'), from);
            bound(out.append(", "), to);
            out.append(range.toInclusive() ? ']' : range.fromInclusive() ? ')' : '[');
        }
    }

    private static void bound(StringBuilder out, @Nullable FieldValue bound) {
        if (bound == null) {
            out.append('*');
        } else {
            FilterLiteral.append(out, bound);
        }
    }

    private static void comparison(StringBuilder out, String field, String operator, FieldValue value) {
        field(out, field);
        FilterLiteral.append(out.append(' ').append(operator).append(' '), value);
    }

    private static void field(StringBuilder out, String name) {
        if (PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            out.append(name);
        } else {
            FilterLiteral.appendQuoted(out, name);
        }
    }
}
