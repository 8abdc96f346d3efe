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

    /** A finite number. Negative zero is taken as zero. */
    record Numeric(double value) implements FieldValue {
        public Numeric {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a number field must be finite, got " + value);
            }
            value = value == 0 ? 0.0 : value;
        }

        @Override
        public FieldType type() {
            return FieldType.NUMBER;
        }
    }

    /** A point in time, cut to the millisecond; years from -292,275,055 to 292,278,994. */
    record Timestamp(Instant value) implements FieldValue {
        public Timestamp {
            try {
                value = Instant.ofEpochMilli(value.toEpochMilli());
            } catch (ArithmeticException e) {
                throw new IllegalArgumentException("a date field must fit 64 bits of milliseconds, got " + value, e);
            }
        }

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
