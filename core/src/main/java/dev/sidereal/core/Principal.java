package dev.sidereal.core;

import dev.sidereal.core.error.BadInput;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * On whose behalf a call is made. A required argument of every search, recommend, answer and research call: who wants
 * no rights at all writes {@link #anyone()}, who is trusted with everything writes {@link #system()}.
 *
 * <p>Immutable and thread-safe. Equality is by tokens, so that caches may use a principal as a key.
 */
public final class Principal {
    /** Held by every principal; an ACL that names it is readable by all. */
    public static final String PUBLIC = "public";

    private static final Pattern TOKEN = Pattern.compile("public|(user|group):[^\\s,]+");
    private static final Principal ANYONE = new Principal(false, new TreeSet<>(List.of(PUBLIC)));
    private static final Principal SYSTEM = new Principal(true, new TreeSet<>(List.of(PUBLIC)));

    private final boolean system;
    private final SortedSet<String> tokens;

    private Principal(boolean system, SortedSet<String> tokens) {
        this.system = system;
        this.tokens = Collections.unmodifiableSortedSet(tokens);
    }

    /** {@return a principal without identity: reads what everybody may read} */
    public static Principal anyone() {
        return ANYONE;
    }

    /** {@return the principal that reads everything; for maintenance and evaluation, never for a request from outside} */
    public static Principal system() {
        return SYSTEM;
    }

    /**
     * A user with groups.
     *
     * @param user a name without white space or comma
     * @param groups names of groups, resolved by the caller at query time
     */
    public static Principal user(String user, String... groups) {
        SortedSet<String> tokens = new TreeSet<>(List.of(PUBLIC, "user:" + user));
        Arrays.stream(groups).map(g -> "group:" + g).forEach(tokens::add);
        tokens.forEach(Principal::checkToken);
        return new Principal(false, tokens);
    }

    /**
     * Parses {@code anyone}, {@code system}, or tokens parted by commas: {@code user:ann,group:staff}; a bare word is a
     * user.
     *
     * @throws BadInput if a part is no token
     */
    public static Principal parse(String text) {
        String trimmed = text.strip();
        if (trimmed.equals("anyone")) {
            return ANYONE;
        }
        if (trimmed.equals("system")) {
            return SYSTEM;
        }
        SortedSet<String> tokens = new TreeSet<>(List.of(PUBLIC));
        for (String part : trimmed.split(",", -1)) {
            String token = part.strip();
            token = token.contains(":") || token.equals(PUBLIC) ? token : "user:" + token;
            checkToken(token);
            tokens.add(token);
        }
        return new Principal(false, tokens);
    }

    static void checkToken(String token) {
        if (!TOKEN.matcher(token).matches()) {
            throw new BadInput("'" + token + "' names no reader: expected public, user:NAME or group:NAME"
                    + " without white space or comma");
        }
    }

    /** {@return true if this principal reads everything, whatever the ACLs say} */
    public boolean isSystem() {
        return system;
    }

    /** {@return the tokens that an item's ACL must share one of} */
    public SortedSet<String> tokens() {
        return tokens;
    }

    /** {@return true if an item with this ACL is readable in a catalogue of this mode} */
    public boolean mayRead(Acl acl, AclMode mode) {
        if (system) {
            return true;
        }
        return acl.stated() ? !Collections.disjoint(acl.readers(), tokens) : mode == AclMode.OPEN;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Principal p && p.system == system && p.tokens.equals(tokens);
    }

    @Override
    public int hashCode() {
        return 31 * tokens.hashCode() + Boolean.hashCode(system);
    }

    @Override
    public String toString() {
        if (system) {
            return "system";
        }
        SortedSet<String> named = new TreeSet<>(tokens);
        named.remove(PUBLIC);
        return named.isEmpty() ? "anyone" : String.join(",", named);
    }
}
