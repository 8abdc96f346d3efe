package dev.sidereal.server.endpoint;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.filter.Filter;
import dev.sidereal.core.filter.FilterSyntax;
import dev.sidereal.engine.OpenIndex;
import dev.sidereal.engine.SearchSystem;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.server.frame.Call;
import dev.sidereal.server.frame.Refusal;
import dev.sidereal.server.frame.Text;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call asks for, held against the limits and the index. Used by one thread. */
final class Asked {
    private final OpenIndex open;
    private final Call call;

    Asked(OpenIndex open, Call call) {
        this.open = open;
        this.call = call;
    }

    /** @throws Refusal 422 if the text is blank or too long */
    String query(String text) {
        if (text.isBlank()) {
            throw Refusal.of(422, "the query is empty: write at least one word");
        }
        return queryOrNone(text);
    }

    String queryOrNone(String text) {
        return checked("query", text, call.limits().queryChars());
    }

    private static String checked(String what, String text, int most) {
        if (text.length() > most) {
            throw Refusal.of(
                    422,
                    "the " + what + " has " + text.length() + " characters, the limit is " + most + "; shorten it");
        }
        return text;
    }

    int within(String name, @Nullable Integer given, int usual, int least, int most) {
        int value = given == null ? usual : given;
        if (value < least || value > most) {
            throw Refusal.of(422, "'" + name + "' must be from " + least + " to " + most + ", got " + value);
        }
        return value;
    }

    Filter filter(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return Filter.all();
        }
        String fitting = checked("filter", text, call.limits().filterChars());
        try (IndexSnapshot snapshot = open.index().snapshot(call.caller().principal())) {
            return FilterSyntax.parse(fitting, snapshot.schema());
        }
    }

    SearchSystem system(@Nullable String name) {
        if (name == null || name.isBlank()) {
            return open.bestSystem();
        }
        if (!systems().contains(name)) {
            throw new BadConfig("this index cannot be searched by '" + Text.shown(name) + "'; it can by "
                    + String.join(", ", systems()));
        }
        return SearchSystem.named(name);
    }

    List<String> systems() {
        return SearchSystem.offered(open.index().legs()).stream()
                .map(SearchSystem::label)
                .toList();
    }
}
