package dev.sidereal.recommend.log;

import dev.sidereal.core.Interaction;
import dev.sidereal.core.error.BadInput;
import dev.sidereal.recommend.log.EventColumnMap.Role;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Map;

/** Makes events of the texts of their columns. */
final class EventText {
    /** Whole numbers below this are seconds: as milliseconds they would lie before March 1973. */
    private static final double LEAST_MILLIS = 1e11;

    private EventText() {}

    /**
     * {@return the event}
     *
     * @param values role to text; blank ones count as absent
     * @param row number of the row, the time of an event that has none
     * @throws BadInput if a value does not fit its role
     */
    static Interaction event(Map<Role, String> values, long row, String where) {
        String user = required(values, Role.USER, where);
        String item = required(values, Role.ITEM, where);
        String time = text(values, Role.TIME);
        String minutes = text(values, Role.MINUTES);
        String weight = text(values, Role.WEIGHT);
        try {
            return new Interaction(
                    user,
                    item,
                    time.isEmpty() ? row : time(time, where),
                    weight.isEmpty() ? 1 : number(weight, Role.WEIGHT, where),
                    minutes.isEmpty() ? Double.NaN : number(minutes, Role.MINUTES, where),
                    text(values, Role.SURFACE),
                    flag(text(values, Role.EXPLORATION), where));
        } catch (IllegalArgumentException e) {
            throw new BadInput(where + ": " + e.getMessage(), e);
        }
    }

    private static String required(Map<Role, String> values, Role role, String where) {
        String text = text(values, role);
        if (text.isEmpty()) {
            throw new BadInput(where + ": the " + role.label() + " is blank; every event needs a user and an item");
        }
        return text;
    }

    private static String text(Map<Role, String> values, Role role) {
        return values.getOrDefault(role, "").strip();
    }

    private static long time(String text, String where) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return Math.round(Math.abs(number) < LEAST_MILLIS ? number * 1000 : number);
            }
        } catch (NumberFormatException e) {
            // A date, or nothing that is a time.
        }
        try {
            return text.length() == 10
                    ? LocalDate.parse(text)
                            .atStartOfDay(ZoneOffset.UTC)
                            .toInstant()
                            .toEpochMilli()
                    : Instant.parse(text).toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw new BadInput(
                    where + ": the time must be seconds or milliseconds since 1970 or a date such as"
                            + " 2026-01-31T12:00:00Z, got '" + text + "'",
                    e);
        }
    }

    private static double number(String text, Role role, String where) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new BadInput(where + ": the " + role.label() + " must be a number, got '" + text + "'", e);
        }
    }

    private static boolean flag(String text, String where) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "", "false", "0" -> false;
            case "true", "1" -> true;
            default -> throw new BadInput(where + ": exploration must be true or false, got '" + text + "'");
        };
    }
}
