package dev.sidereal.core.filter;

import dev.sidereal.core.FieldType;
import dev.sidereal.core.FieldValue;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Literals of the filter language, read as the type of the field they are compared with. */
final class FilterLiteral {
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");
    private static final double PRINTED_WHOLE = 1e15;

    private FilterLiteral() {}

    /** {@return the value, or null if the text cannot be read as this type} */
    static @Nullable FieldValue read(String text, FieldType type) {
        return switch (type) {
            case KEYWORD, SET -> new FieldValue.Keyword(text);
            case NUMBER -> number(text);
            case DATE -> date(text);
            case BOOLEAN -> flag(text);
        };
    }

    /** {@return what a literal of this type looks like, for messages} */
    static String example(FieldType type) {
        return switch (type) {
            case KEYWORD, SET -> "a text such as \"en\"";
            case NUMBER -> "a number such as 12.5";
            case DATE -> "a date such as 2020-01-31 or 2020-01-31T10:15:00Z";
            case BOOLEAN -> "true or false";
        };
    }

    static void append(StringBuilder out, FieldValue value) {
        switch (value) {
            case FieldValue.Keyword keyword -> appendQuoted(out, keyword.value());
            case FieldValue.Numeric numeric -> out.append(shown(numeric.value()));
            case FieldValue.Timestamp timestamp -> out.append(shown(timestamp.value()));
            case FieldValue.Flag flag -> out.append(flag.value());
            case FieldValue.Keywords keywords ->
                throw new IllegalArgumentException("a set field is compared with one keyword, not with the set "
                        + keywords.values() + "; write one Is a keyword, or In");
        }
    }

    static void appendQuoted(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\');
            }
            out.append(c);
        }
        out.append('"');
    }

    private static FieldValue.@Nullable Numeric number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? new FieldValue.Numeric(value) : null;
    }

    private static FieldValue.@Nullable Timestamp date(String text) {
        try {
            return new FieldValue.Timestamp(
                    text.indexOf('T') < 0 && text.indexOf('t') < 0
                            ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                            : Instant.parse(text));
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static FieldValue.@Nullable Flag flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> new FieldValue.Flag(true);
            case "false" -> new FieldValue.Flag(false);
            default -> null;
        };
    }

    private static String shown(double value) {
        return value == Math.rint(value) && Math.abs(value) < PRINTED_WHOLE
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String shown(Instant value) {
        String text = value.toString();
        String midnight = "T00:00:00Z";
        return text.endsWith(midnight) ? text.substring(0, text.length() - midnight.length()) : text;
    }
}
