package dev.sidereal.engine;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.search.Blend;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.Fusion;
import dev.sidereal.search.IndexSnapshot;
import dev.sidereal.search.ReciprocalRankFusion;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to search an index, by the names that tables and command lines use. */
public enum SearchSystem {
    BM25("words alone"),
    DENSE("vectors alone"),
    RRF("words and vectors by reciprocal rank, a floor for hybrid"),
    HYBRID("words and vectors, their scores calibrated");

    private final String what;

    SearchSystem(String what) {
        this.what = what;
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
        return switch (this) {
            case BM25 -> List.of("bm25");
            case DENSE -> List.of("dense");
            case RRF, HYBRID -> List.of("bm25", "dense");
        };
    }

    /** {@return whether it needs an encoder} */
    public boolean needsEncoder() {
        return legs().contains("dense");
    }

    /** {@return how it searches this index, with the weights that were fitted for it if there are any} */
    public Blend blend(CatalogueIndex index) {
        return blend(index.fusion());
    }

    /** {@return how it searches this snapshot of an index} */
    public Blend blend(IndexSnapshot snapshot) {
        return blend(snapshot.fusion());
    }

    private Blend blend(Fusion fitted) {
        return switch (this) {
            case BM25, DENSE -> Blend.only(legs().getFirst());
            case RRF -> Blend.of(legs(), ReciprocalRankFusion.standard());
            case HYBRID -> Blend.of(legs(), fitted);
        };
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
     * {@return the system for exactly these legs}
     *
     * @throws BadConfig if there is none
     */
    public static SearchSystem of(List<String> legs) {
        return offered(legs).stream()
                .filter(system -> system.legs().size() == legs.size())
                .findFirst()
                .orElseThrow(() -> new BadConfig(
                        "no system searches by " + String.join(",", legs) + "; legs are bm25, dense, or both"));
    }

    /** {@return the ways to search an index that has these legs; rank fusion is a floor for evaluations only} */
    public static List<SearchSystem> offered(List<String> legs) {
        return Stream.of(BM25, DENSE, HYBRID)
                .filter(system -> legs.containsAll(system.legs()))
                .toList();
    }

    /** {@return the best system for an index that has these legs} */
    public static SearchSystem best(List<String> legs) {
        return legs.containsAll(HYBRID.legs()) ? HYBRID : legs.contains("dense") ? DENSE : BM25;
    }
}
