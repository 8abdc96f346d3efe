package dev.sidereal.search;

import dev.sidereal.core.error.BadConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.cz.CzechAnalyzer;
import org.apache.lucene.analysis.da.DanishAnalyzer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.es.SpanishAnalyzer;
import org.apache.lucene.analysis.fi.FinnishAnalyzer;
import org.apache.lucene.analysis.fr.FrenchAnalyzer;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.hu.HungarianAnalyzer;
import org.apache.lucene.analysis.it.ItalianAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.analysis.no.NorwegianAnalyzer;
import org.apache.lucene.analysis.pt.PortugueseAnalyzer;
import org.apache.lucene.analysis.ro.RomanianAnalyzer;
import org.apache.lucene.analysis.ru.RussianAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.analysis.sv.SwedishAnalyzer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tr.TurkishAnalyzer;

/** The analyzers by language, the first part of a BCP 47 tag; {@code und} (unknown or mixed) splits words,
 * folds case and does nothing more. */
final class Analysis {
    private static final SortedMap<String, Supplier<Analyzer>> BY_LANGUAGE = new TreeMap<>(Map.ofEntries(
            Map.entry("ar", ArabicAnalyzer::new),
            Map.entry("cs", CzechAnalyzer::new),
            Map.entry("da", DanishAnalyzer::new),
            Map.entry("de", GermanAnalyzer::new),
            Map.entry("el", GreekAnalyzer::new),
            Map.entry("en", IdentifierAwareEnglish::new),
            Map.entry("es", SpanishAnalyzer::new),
            Map.entry("fi", FinnishAnalyzer::new),
            Map.entry("fr", FrenchAnalyzer::new),
            Map.entry("hi", HindiAnalyzer::new),
            Map.entry("hu", HungarianAnalyzer::new),
            Map.entry("it", ItalianAnalyzer::new),
            Map.entry("ja", CJKAnalyzer::new),
            Map.entry("ko", CJKAnalyzer::new),
            Map.entry("nl", DutchAnalyzer::new),
            Map.entry("no", NorwegianAnalyzer::new),
            Map.entry("pt", PortugueseAnalyzer::new),
            Map.entry("ro", RomanianAnalyzer::new),
            Map.entry("ru", RussianAnalyzer::new),
            Map.entry("sv", SwedishAnalyzer::new),
            Map.entry("th", ThaiAnalyzer::new),
            Map.entry("tr", TurkishAnalyzer::new),
            Map.entry("und", StandardAnalyzer::new),
            Map.entry("zh", CJKAnalyzer::new)));

    private Analysis() {}

    /**
     * {@return a new analyzer}
     *
     * @throws BadConfig if the language is not known; the message lists those that are
     */
    static Analyzer of(String language) {
        Supplier<Analyzer> analyzer = BY_LANGUAGE.get(language.split("[-_]", 2)[0].toLowerCase(Locale.ROOT));
        if (analyzer == null) {
            throw new BadConfig("no analyzer for language '" + language + "'; known are "
                    + String.join(", ", BY_LANGUAGE.keySet()));
        }
        return analyzer.get();
    }

    /** {@return the terms of a text with the number of their occurrences, in order of first occurrence} */
    static Map<String, Integer> terms(Analyzer analyzer, String text) {
        Map<String, Integer> terms = new LinkedHashMap<>();
        forEach(analyzer, text, (term, written) -> terms.merge(term, 1, Integer::sum));
        return terms;
    }

    /** {@return the terms of a text as they are first written in it: {@code sorted} for the term {@code sort}} */
    static Map<String, String> asWritten(Analyzer analyzer, String text) {
        Map<String, String> written = new LinkedHashMap<>();
        forEach(analyzer, text, written::putIfAbsent);
        return written;
    }

    private static void forEach(Analyzer analyzer, String text, BiConsumer<String, String> use) {
        try (TokenStream stream = analyzer.tokenStream(LuceneFields.TEXT, text)) {
            CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                use.accept(term.toString(), text.substring(place.startOffset(), place.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
