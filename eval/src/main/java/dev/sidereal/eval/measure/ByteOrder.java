package dev.sidereal.eval.measure;

import java.util.Comparator;

/**
 * The order of strings by their UTF-8 bytes, as C's {@code strcmp} has it. Differs from {@link String#compareTo} for
 * characters outside the basic plane.
 */
public final class ByteOrder {
    /** Compares two strings without encoding them. */
    public static final Comparator<String> COMPARATOR = ByteOrder::compare;

    private ByteOrder() {}

    private static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char left = a.charAt(i);
            char right = b.charAt(i);
            if (left != right) {
                boolean leftHigh = Character.isSurrogate(left);
                boolean rightHigh = Character.isSurrogate(right);
                return leftHigh == rightHigh ? Character.compare(left, right) : Boolean.compare(leftHigh, rightHigh);
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
