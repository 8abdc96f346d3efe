package dev.sidereal.core;

/**
 * Something a user did with an item: bought, rated, listened to.
 *
 * @param user who; not blank
 * @param item id of the item; not blank
 * @param time milliseconds since 1970, or the place in the user's sequence where only the order is known
 * @param weight how much it counts: a rating, a number of units; finite, 1 if nothing is said
 * @param minutes how long; NaN if nothing is said
 * @param surface where it happened, such as {@code home}; empty if nothing is said
 * @param exploration whether the item was shown at random, so that it says more than a choice of ours
 */
public record Interaction(
        String user, String item, long time, double weight, double minutes, String surface, boolean exploration) {
    public Interaction {
        if (user.isBlank() || item.isBlank()) {
            throw new IllegalArgumentException(
                    "an interaction needs a user and an item, got '" + user + "' and '" + item + "'");
        }
        if (!Double.isFinite(weight) || minutes < 0 || Double.isInfinite(minutes)) {
            throw new IllegalArgumentException(
                    "an interaction needs a finite weight and minutes of 0 or more, got " + weight + " and " + minutes);
        }
    }

    /** {@return an interaction of which nothing else is known} */
    public static Interaction of(String user, String item, long time) {
        return new Interaction(user, item, time, 1, Double.NaN, "", false);
    }
}
