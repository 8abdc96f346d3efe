package dev.sidereal.engine;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.search.Blend;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The ways to search an index, by the names that tables and command lines use. */
public enum SearchSystem {
    BM25("words alone", List.of("bm25")),
    DENSE("vectors alone", List.of("dense")),
    HYBRID("words and vectors", List.of("bm25", "dense"));

    private final String what;
    private final List<String> legs;

    SearchSystem(String what, List<String> legs) {
        this.what = what;
        this.legs = legs;
    }

    /** {@return the name users write} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what it searches by, in a few words} */
    public String what() {
        return what;
    }

    /** {@return the legs an index needs for it} */
    public List<String> legs() {
        return legs;
    }

    /** {@return whether it needs an encoder} */
    public boolean needsEncoder() {
        return legs.contains("dense");
    }

    /** {@return how it blends its legs by default} */
    public Blend blend() {
        return legs.size() == 1 ? Blend.only(legs.getFirst()) : Blend.hybrid();
    }

    /**
     * {@return the system of that name}
     *
     * @throws BadConfig if there is none; the message lists them
     */
    public static SearchSystem named(String name) {
        return Arrays.stream(values())
                .filter(s -> s.label().equals(name.strip()))
                .findFirst()
                .orElseThrow(() -> new BadConfig("there is no system '" + name + "'; there are "
                        + Arrays.stream(values()).map(SearchSystem::label).collect(Collectors.joining(", "))));
    }

    /**
     * {@return the system that uses exactly these legs}
     *
     * @throws BadConfig if there is none
     */
    public static SearchSystem of(List<String> legs) {
        return Arrays.stream(values())
                .filter(s -> s.legs.size() == legs.size() && s.legs.containsAll(legs))
                .findFirst()
                .orElseThrow(() -> new BadConfig(
                        "no system searches by " + String.join(",", legs) + "; legs are bm25, dense, or both"));
    }

    /** {@return the best system for an index that has these legs} */
    public static SearchSystem best(List<String> legs) {
        return legs.containsAll(HYBRID.legs) ? HYBRID : legs.contains("dense") ? DENSE : BM25;
    }
}
