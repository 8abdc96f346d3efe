package dev.sidereal.server.frame;

import java.util.Arrays;

/** Comparison of entity tags as RFC 9110 has it, for tags that are all strong. */
public final class ETags {
    private ETags() {}

    /** {@return whether a header such as If-Match names the tag, or any by a star} */
    public static boolean any(String header, String etag) {
        return Arrays.stream(header.split(","))
                .map(tag -> tag.strip().replaceFirst("^W/", ""))
                .anyMatch(tag -> tag.equals("*") || tag.equals(etag));
    }
}
