package dev.sidereal.core.format;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Field values written as text. Where a text does not fit its type, the exception's message says what was expected. */
final class FieldText {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?([eE][+-]?\\d{1,4})?");
    private static final Pattern INTEGER = Pattern.compile("-?\\d+");
    private static final Pattern DATE = Pattern.compile("[+-]?\\d{4,10}-\\d{2}-\\d{2}");
    private static final Pattern DATE_TIME =
            Pattern.compile(DATE + "T\\d{2}:\\d{2}(?<seconds>:\\d{2}(\\.\\d{1,9})?)?(Z|[+-]\\d{2}:\\d{2})");
    private static final long EXACT = 1L << 53;

    private FieldText() {}

    /**
     * Reads a value of a known type; the values of a set are parted by {@code |}.
     *
     * @throws IllegalArgumentException if the text is no such value
     */
    static FieldValue parse(String text, FieldType type) {
        return switch (type) {
            case KEYWORD -> new FieldValue.Keyword(text);
            case NUMBER -> new FieldValue.Numeric(number(text.strip()));
            case DATE -> new FieldValue.Timestamp(date(text.strip()));
            case BOOLEAN -> new FieldValue.Flag(flag(text.strip()));
            case SET ->
                new FieldValue.Keywords(Arrays.stream(text.split("\\|"))
                        .map(String::strip)
                        .filter(s -> !s.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)));
        };
    }

    static double number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException("expected a number such as 12 or 3.5, got '" + text + "'");
        }
        double value = Double.parseDouble(text);
        if (Double.isInfinite(value)) {
            throw new IllegalArgumentException("the number " + text + " is too large");
        }
        if (INTEGER.matcher(text).matches()
                && Math.abs(value) >= EXACT
                && new BigDecimal(text).compareTo(new BigDecimal(value)) != 0) {
            throw new IllegalArgumentException("the number " + text
                    + " has more digits than a number field can hold; if it is a name, make it a keyword");
        }
        return value;
    }

    static Instant date(String text) {
        Instant instant = dateOrNull(text);
        if (instant == null) {
            throw new IllegalArgumentException("expected a date such as 2026-01-31 or a date-time with zone such as"
                    + " 2026-01-31T12:00:00Z, got '" + text + "'");
        }
        return instant;
    }

    /** {@return the point in time that an ISO date (midnight UTC) or an ISO date-time with zone names, else null} */
    static @Nullable Instant dateOrNull(String text) {
        if (text.length() < 10 || text.length() > 48 || !(text.charAt(0) <= '9')) {
            return null;
        }
        try {
            if (DATE.matcher(text).matches()) {
                return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            var dateTime = DATE_TIME.matcher(text);
            if (!dateTime.matches()) {
                return null;
            }
            return dateTime.group("seconds") == null
                    ? OffsetDateTime.parse(text).toInstant()
                    : Instant.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    private static boolean flag(String text) {
        if (!Set.of("true", "false").contains(text)) {
            throw new IllegalArgumentException("expected true or false, got '" + text + "'");
        }
        return text.equals("true");
    }
}
