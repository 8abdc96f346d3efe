package dev.sidereal.core.filter;

import dev.sidereal.core.FieldValue;
import dev.sidereal.core.Item;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of a {@link Filter}: decides one item at a time. For engines without an index of their fields, and the
 * reference that compiled filters are tested against. O(size of the filter) an item.
 */
public final class FilterMatcher {
    private FilterMatcher() {}

    /** {@return whether the filter admits the item} */
    public static boolean matches(Filter filter, Item item) {
        return switch (filter) {
            case Filter.All _ -> true;
            case Filter.Is is -> holds(item.fields().get(is.field()), is.value());
            case Filter.In in -> {
                FieldValue held = item.fields().get(in.field());
                yield in.values().stream().anyMatch(value -> holds(held, value));
            }
            case Filter.Range range -> lies(item.fields().get(range.field()), range);
            case Filter.Exists exists -> item.fields().containsKey(exists.field());
            case Filter.And and -> and.parts().stream().allMatch(part -> matches(part, item));
            case Filter.Or or -> or.parts().stream().anyMatch(part -> matches(part, item));
            case Filter.Not not -> !matches(not.part(), item);
        };
    }

    private static boolean holds(@Nullable FieldValue held, FieldValue value) {
        if (held instanceof FieldValue.Keywords set) {
            return value instanceof FieldValue.Keyword keyword && set.values().contains(keyword.value());
        }
        return value.equals(held);
    }

    private static boolean lies(@Nullable FieldValue held, Filter.Range range) {
        if (!(held instanceof FieldValue.Numeric) && !(held instanceof FieldValue.Timestamp)) {
            return false;
        }
        return above(held, range.from(), range.fromInclusive()) && above(range.to(), held, range.toInclusive());
    }

    /** {@return whether high is above low, or one of them is no bound} */
    private static boolean above(@Nullable FieldValue high, @Nullable FieldValue low, boolean orEqual) {
        if (high == null || low == null) {
            return true;
        }
        OptionalInt order = compare(high, low);
        return order.isPresent() && order.getAsInt() >= (orEqual ? 0 : 1);
    }

    private static OptionalInt compare(FieldValue left, FieldValue right) {
        if (left instanceof FieldValue.Numeric(double a) && right instanceof FieldValue.Numeric(double b)) {
            return OptionalInt.of(Integer.signum(Double.compare(a, b)));
        }
        if (left instanceof FieldValue.Timestamp a && right instanceof FieldValue.Timestamp b) {
            return OptionalInt.of(Integer.signum(a.value().compareTo(b.value())));
        }
        return OptionalInt.empty();
    }
}
