package dev.sidereal.eval.significance;

/**
 * A range of values.
 *
 * @param low the lower end
 * @param high the upper end
 */
public record Interval(double low, double high) {}
