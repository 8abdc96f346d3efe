package dev.sidereal.core.filter;

import dev.sidereal.core.FieldValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which items a call considers. A closed family, so that every engine compiles all of it: Lucene, Solr, the item trie.
 * Immutable.
 *
 * <p>Semantics on one item: a field that the item does not have matches nothing but {@link Not}. A {@code SET} field
 * matches if one of its keywords does.
 */
public sealed interface Filter {
    /** Admits everything. */
    record All() implements Filter {}

    /** The field has this value. */
    record Is(String field, FieldValue value) implements Filter {}

    /** The field has one of these values; no values admit nothing. */
    record In(String field, List<FieldValue> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    /**
     * The number or date lies between two bounds.
     *
     * @param from lower bound or null for none
     * @param fromInclusive whether {@code from} itself is admitted
     * @param to upper bound or null for none
     * @param toInclusive whether {@code to} itself is admitted
     */
    record Range(
            String field,
            @Nullable FieldValue from,
            boolean fromInclusive,
            @Nullable FieldValue to,
            boolean toInclusive)
            implements Filter {}

    /** The item has the field at all. */
    record Exists(String field) implements Filter {}

    /** Every part admits; no parts admit everything. */
    record And(List<Filter> parts) implements Filter {
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** Some part admits; no parts admit nothing. */
    record Or(List<Filter> parts) implements Filter {
        public Or {
            parts = List.copyOf(parts);
        }
    }

    /** The part does not admit. */
    record Not(Filter part) implements Filter {}

    /** {@return the filter that admits everything} */
    static Filter all() {
        return new All();
    }
}
