package dev.sidereal.core;

import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;

/** The typed value of one field of an item. Immutable. */
public sealed interface FieldValue {
    /** {@return the type that a schema names for this value} */
    FieldType type();

    /** An exact string, compared by equality. */
    record Keyword(String value) implements FieldValue {
        @Override
        public FieldType type() {
            return FieldType.KEYWORD;
        }
    }

    /** A finite number. */
    record Numeric(double value) implements FieldValue {
        public Numeric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a number field must be finite, got " + value);
            }
        }

        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }
    }

    /** A point in time, with millisecond resolution in indexes. */
    record Timestamp(Instant value) implements FieldValue {
        @Override
        public FieldType type() {
            return FieldType.DATE;
        }
    }

    /** True or false. */
    record Flag(boolean value) implements FieldValue {
        @Override
        public FieldType type() {
            return FieldType.BOOLEAN;
        }
    }

    /** Several keywords; a filter matches the item if one of them matches. */
    record Keywords(SortedSet<String> values) implements FieldValue {
        public Keywords {
            values = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(values));
        }

        @Override
        public FieldType type() {
            return FieldType.SET;
        }
    }
}
