package dev.sidereal.server.frame;

/**
 * A parameter of an endpoint in its path, query or headers.
 *
 * @param name as it is written
 * @param in where it stands
 * @param type {@code string}, {@code integer} or {@code array} of texts parted by commas
 * @param required whether a request without it is refused
 * @param what it means
 */
public record Param(String name, In in, String type, boolean required, String what) {
    /** Where a parameter stands. */
    public enum In {
        PATH,
        QUERY,
        HEADER
    }

    /** {@return a part of the path} */
    public static Param path(String name, String what) {
        return new Param(name, In.PATH, "string", true, what);
    }

    /** {@return a text that may be left out} */
    public static Param text(String name, String what) {
        return new Param(name, In.QUERY, "string", false, what);
    }

    /** {@return a whole number that may be left out} */
    public static Param number(String name, String what) {
        return new Param(name, In.QUERY, "integer", false, what);
    }

    /** {@return texts parted by commas, that may be left out} */
    public static Param list(String name, String what) {
        return new Param(name, In.QUERY, "array", false, what);
    }

    /** {@return a header that may be left out} */
    public static Param header(String name, String what) {
        return new Param(name, In.HEADER, "string", false, what);
    }

    /** {@return this parameter, without which a request is refused} */
    public Param needed() {
        return new Param(name, in, type, true, what);
    }
}
