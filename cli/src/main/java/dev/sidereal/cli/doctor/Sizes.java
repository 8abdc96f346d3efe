package dev.sidereal.cli.doctor;

import java.util.Locale;

/** Sizes for people. */
final class Sizes {
    private Sizes() {}

    /** {@return such as {@code 11.5 GB} or {@code 640 MB}, in powers of 1024} */
    static String bytes(long bytes) {
        double gigabytes = bytes / (double) (1L << 30);
        return gigabytes >= 1
                ? String.format(Locale.ROOT, "%.1f GB", gigabytes)
                : String.format(Locale.ROOT, "%d MB", bytes >> 20);
    }
}
