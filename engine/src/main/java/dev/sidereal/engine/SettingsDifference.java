package dev.sidereal.engine;

import dev.sidereal.search.IndexSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * In what two settings of an index differ, for a sentence.
 *
 * @param there the settings an index has, only those that differ: {@code encoder minilm-q}
 * @param wanted the same of the settings asked for
 */
record SettingsDifference(String there, String wanted) {
    static SettingsDifference of(IndexSettings there, IndexSettings wanted) {
        Map<String, String> a = named(there);
        Map<String, String> b = named(wanted);
        List<String> left = new ArrayList<>();
        List<String> right = new ArrayList<>();
        for (String name : a.keySet()) {
            String one = a.getOrDefault(name, "");
            String other = b.getOrDefault(name, "");
            if (!one.equals(other)) {
                left.add(name + " " + one);
                right.add(name + " " + other);
            }
        }
        return new SettingsDifference(String.join(", ", left), String.join(", ", right));
    }

    private static Map<String, String> named(IndexSettings settings) {
        Map<String, String> named = new LinkedHashMap<>();
        IndexSettings.Dense dense = settings.dense();
        IndexSettings.Lexical lexical = settings.lexical();
        named.put(
                "legs",
                (lexical == null ? "" : "bm25")
                        + (lexical == null || dense == null ? "" : ",")
                        + (dense == null ? "" : "dense"));
        named.put("encoder", dense == null ? "none" : dense.encoder().name());
        named.put(
                "fingerprint of the encoder",
                dense == null ? "none" : dense.encoder().fingerprint());
        named.put("language", settings.language());
        named.put("acl", settings.aclMode().label());
        named.put("passage-chars", Integer.toString(settings.passageChars()));
        named.put("quantised", dense == null ? "no" : dense.quantised() ? "yes" : "no");
        named.put(
                "bm25 parameters",
                lexical == null
                        ? "none"
                        : "k1=%s b=%s title-weight=%s".formatted(lexical.k1(), lexical.b(), lexical.titleWeight()));
        named.put(
                "graph",
                dense == null
                        ? "none"
                        : "exact-below=%d search-width=%d connections=%d build-width=%d"
                                .formatted(
                                        dense.exactBelow(),
                                        dense.searchWidth(),
                                        dense.connections(),
                                        dense.buildWidth()));
        return named;
    }
}
