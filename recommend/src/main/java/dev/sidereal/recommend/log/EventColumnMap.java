package dev.sidereal.recommend.log;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.util.Collection;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which column of a table, or key of an object, is what. Roles that are not named are found by the names that published
 * logs use; a name of RecBole's atomic files, {@code user_id:token}, counts without its type.
 *
 * @param columns role to column
 */
public record EventColumnMap(Map<Role, String> columns) {
    /** What a column of a log may be. */
    public enum Role {
        USER("user user_id userid reviewerid session_id"),
        ITEM("item item_id itemid movieid asin parent_asin product_id"),
        TIME("time timestamp ts unixreviewtime date"),
        WEIGHT("weight rating overall"),
        MINUTES("minutes"),
        SURFACE("surface"),
        EXPLORATION("exploration");

        private final String names;

        Role(String names) {
            this.names = names;
        }

        /** {@return the names that columns of this role have, ours first} */
        private List<String> names() {
            return List.of(names.split(" "));
        }

        /** {@return the name used on the command line and in messages} */
        public String label() {
            return names().getFirst();
        }
    }

    public EventColumnMap {
        columns = Map.copyOf(columns);
    }

    /** {@return the map that names nothing} */
    public static EventColumnMap none() {
        return new EventColumnMap(Map.of());
    }

    /**
     * Parses {@code user=visitor,item=sku,time=at}.
     *
     * @throws BadConfig if a part is not of the form {@code ROLE=COLUMN}, or the role is not known or comes twice
     */
    public static EventColumnMap parse(String text) {
        Map<Role, String> columns = new EnumMap<>(Role.class);
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            Role role = equals < 0 ? null : role(part.substring(0, equals).strip());
            String column = equals < 0 ? "" : part.substring(equals + 1).strip();
            if (role == null || column.isEmpty() || columns.put(role, column) != null) {
                throw new BadConfig("'" + part + "' in the column map '" + text
                        + "' is not of the form ROLE=COLUMN with a new role of user, item, time, weight, minutes,"
                        + " surface, exploration");
            }
        }
        return new EventColumnMap(columns);
    }

    private static @Nullable Role role(String label) {
        for (Role role : Role.values()) {
            if (role.label().equals(label)) {
                return role;
            }
        }
        return null;
    }

    /**
     * {@return role to name, for the roles that one of the names has}
     *
     * @param names columns or keys
     * @param where for messages
     * @throws BadInput if a named column is missing, or there is no user or item
     */
    Map<Role, String> over(Collection<String> names, String where) {
        Map<String, String> plain = new LinkedHashMap<>();
        names.forEach(name -> plain.putIfAbsent(plain(name), name));
        Map<Role, String> found = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            String named = columns.get(role);
            if (named != null && !names.contains(named)) {
                throw new BadInput(where + " has no column '" + named + "', which the column map names as '"
                        + role.label() + "'; columns are " + String.join(", ", names));
            }
            String own = named == null
                    ? role.names().stream()
                            .filter(plain::containsKey)
                            .map(plain::get)
                            .findFirst()
                            .orElse(null)
                    : named;
            if (own != null) {
                found.put(role, own);
            } else if (role == Role.USER || role == Role.ITEM) {
                throw new BadInput(where + " has no column for the " + role.label() + ": expected one of "
                        + String.join(", ", role.names()) + ", or say which with " + role.label()
                        + "=COLUMN; columns are " + String.join(", ", names));
            }
        }
        return found;
    }

    /** {@return a column's name in lower case, without the type that RecBole's files give it} */
    static String plain(String name) {
        int colon = name.indexOf(':');
        return (colon < 0 ? name : name.substring(0, colon)).toLowerCase(Locale.ROOT);
    }
}
