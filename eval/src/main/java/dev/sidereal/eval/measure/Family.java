package dev.sidereal.eval.measure;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A kind of measure that the grammar knows: its name, trec_eval's names for it, and what it may be told.
 *
 * @param name canonical, lower case
 * @param aliases other names, lower case
 * @param cutoffUse whether {@code @k} is written
 * @param settings which settings besides {@code ties} are accepted
 * @param maker makes the measure
 */
record Family(String name, List<String> aliases, CutoffUse cutoffUse, Set<String> settings, Maker maker) {
    enum CutoffUse {
        NEVER,
        MAY,
        MUST
    }

    /** Makes a measure from its settings; those not accepted by the family have their defaults. */
    @FunctionalInterface
    interface Maker {
        Measure make(Cutoff cutoff, Level level, Gain gain);
    }

    /** In the order in which they are listed to users. */
    static final List<Family> ALL = List.of(
            of("ndcg", CutoffUse.MAY, "gain", (cutoff, level, gain) -> new Ndcg(cutoff, gain), "ndcg_cut"),
            of("recall", CutoffUse.MUST, "rel", (cutoff, level, gain) -> new Recall(cutoff, level)),
            of(
                    "map",
                    CutoffUse.MAY,
                    "rel",
                    (cutoff, level, gain) -> new AveragePrecision(cutoff, level, Aggregate.MEAN),
                    "map_cut"),
            of("mrr", CutoffUse.MAY, "rel", (cutoff, level, gain) -> new ReciprocalRank(cutoff, level), "recip_rank"),
            of("p", CutoffUse.MUST, "rel", (cutoff, level, gain) -> new Precision(cutoff, level)),
            of("bpref", CutoffUse.NEVER, "rel", (cutoff, level, gain) -> new Bpref(level)),
            of("rprec", CutoffUse.NEVER, "rel", (cutoff, level, gain) -> new RPrecision(level)),
            of("success", CutoffUse.MUST, "rel", (cutoff, level, gain) -> new Success(cutoff, level)),
            of(
                    "gm_map",
                    CutoffUse.NEVER,
                    "rel",
                    (cutoff, level, gain) -> new AveragePrecision(cutoff, level, Aggregate.GEOMETRIC_MEAN)),
            of("unjudged", CutoffUse.MUST, "", (cutoff, level, gain) -> new Unjudged(cutoff), "unj"),
            ofSet(RetrievedSet.Kind.SET_P),
            ofSet(RetrievedSet.Kind.SET_RECALL),
            ofSet(RetrievedSet.Kind.SET_F),
            ofCount(Count.Kind.NUM_Q, ""),
            ofCount(Count.Kind.NUM_RET, ""),
            ofCount(Count.Kind.NUM_REL, "rel"),
            ofCount(Count.Kind.NUM_REL_RET, "rel"));

    private static Family of(String name, CutoffUse cutoffUse, String setting, Maker maker, String... aliases) {
        return new Family(name, List.of(aliases), cutoffUse, setting.isEmpty() ? Set.of() : Set.of(setting), maker);
    }

    private static Family ofSet(RetrievedSet.Kind kind) {
        return of(label(kind), CutoffUse.NEVER, "rel", (cutoff, level, gain) -> new RetrievedSet(kind, level));
    }

    private static Family ofCount(Count.Kind kind, String setting) {
        return of(label(kind), CutoffUse.NEVER, setting, (cutoff, level, gain) -> new Count(kind, level));
    }

    private static String label(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    boolean answersTo(String given) {
        return name.equals(given) || aliases.contains(given);
    }

    /** {@return how the family is written: {@code ndcg[@k]}, {@code p@k}, {@code bpref}} */
    String form() {
        return name
                + switch (cutoffUse) {
                    case NEVER -> "";
                    case MAY -> "[@k]";
                    case MUST -> "@k";
                };
    }
}
