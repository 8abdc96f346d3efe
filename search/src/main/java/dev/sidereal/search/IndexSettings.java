package dev.sidereal.search;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.EncoderCard;
import dev.sidereal.core.error.BadConfig;
import org.apache.lucene.analysis.Analyzer;
import org.jspecify.annotations.Nullable;

/**
 * How an index is made; fixed at its creation and kept in its manifest.
 *
 * @param language of the texts, a BCP 47 tag; {@code und} for unknown or mixed
 * @param aclMode what an item without stated ACL means
 * @param passageChars longer texts are split into passages of at most this many characters
 * @param lexical settings of the leg {@code bm25}, null without that leg
 * @param dense settings of the leg {@code dense}, null without that leg
 */
public record IndexSettings(
        String language,
        AclMode aclMode,
        int passageChars,
        @Nullable Lexical lexical,
        @Nullable Dense dense) {
    /** About 1,500 tokens: abstracts stay whole, books do not. */
    public static final int DEFAULT_PASSAGE_CHARS = 8_000;

    /** Somewhat more than a token of English is long: a text a little over the limit is cut rather than split. */
    private static final int CHARS_A_TOKEN = 6;

    public IndexSettings {
        Analysis.of(language).close();
        if (passageChars < 200) {
            throw new BadConfig("passage-chars must be at least 200, got " + passageChars);
        }
        if (lexical == null && dense == null) {
            throw new BadConfig("an index needs at least one leg: bm25, dense or both");
        }
    }

    /** {@return an English, open index with the lexical leg alone} */
    public static IndexSettings words() {
        return new IndexSettings("en", AclMode.OPEN, DEFAULT_PASSAGE_CHARS, Lexical.defaults(), null);
    }

    /** {@return an English, open index with both legs} */
    public static IndexSettings hybrid(EncoderCard encoder) {
        return words().withDense(Dense.defaults(encoder));
    }

    /** {@return a new analyzer of the language, as the index uses it} */
    public Analyzer analyzer() {
        return Analysis.of(language);
    }

    /** {@return these settings with another language} */
    public IndexSettings withLanguage(String language) {
        return new IndexSettings(language, aclMode, passageChars, lexical, dense);
    }

    /** {@return these settings with another access mode} */
    public IndexSettings withAclMode(AclMode aclMode) {
        return new IndexSettings(language, aclMode, passageChars, lexical, dense);
    }

    /** {@return these settings with another limit of a passage} */
    public IndexSettings withPassageChars(int passageChars) {
        return new IndexSettings(language, aclMode, passageChars, lexical, dense);
    }

    /** {@return these settings with another lexical leg, null for none} */
    public IndexSettings withLexical(@Nullable Lexical lexical) {
        return new IndexSettings(language, aclMode, passageChars, lexical, dense);
    }

    /** {@return these settings with this dense leg, and passages of about the length that its encoder reads} */
    public IndexSettings withDense(Dense dense) {
        int chars = Math.clamp((long) CHARS_A_TOKEN * dense.encoder().maxTokens(), 200, DEFAULT_PASSAGE_CHARS);
        return new IndexSettings(language, aclMode, chars, lexical, dense);
    }

    /**
     * The leg {@code bm25}.
     *
     * @param k1 saturation of term frequency, at least 0
     * @param b length normalisation, 0 to 1
     * @param titleWeight weight of an extra score of title and heading alone, at least 0
     */
    public record Lexical(float k1, float b, float titleWeight) {
        public Lexical {
            if (!(k1 >= 0) || !(b >= 0 && b <= 1) || !(titleWeight >= 0)) {
                throw new BadConfig("bm25 needs k1 >= 0, 0 <= b <= 1 and title-weight >= 0, got k1 = " + k1 + ", b = "
                        + b + ", title-weight = " + titleWeight);
            }
        }

        /** {@return Lucene's k1 1.2 and b .75, and a fifth of weight for titles: best on average in {@code docs/log.md}} */
        public static Lexical defaults() {
            return new Lexical(1.2f, 0.75f, 0.2f);
        }
    }

    /**
     * The leg {@code dense}.
     *
     * @param encoder what makes the vectors
     * @param quantised whether the graph search reads vectors of one byte a dimension; scores are of full precision
     * @param exactBelow up to so many admitted passages are scanned instead of searched in the graph
     * @param searchWidth passages that the graph search keeps at least; more is slower and finds more
     * @param connections of a node in the graph
     * @param buildWidth candidates looked at when a node is connected
     */
    public record Dense(
            EncoderCard encoder, boolean quantised, int exactBelow, int searchWidth, int connections, int buildWidth) {
        public Dense {
            if (exactBelow < 0 || searchWidth < 1 || connections < 2 || buildWidth < connections) {
                throw new BadConfig("dense needs exact-below >= 0, search-width >= 1, connections >= 2 and build-width"
                        + " >= connections, got " + exactBelow + ", " + searchWidth + ", " + connections + ", "
                        + buildWidth);
            }
        }

        /** {@return exact up to 20,000 passages, where a scan takes about a millisecond, a graph of 16 connections above} */
        public static Dense defaults(EncoderCard encoder) {
            return new Dense(encoder, false, 20_000, 100, 16, 100);
        }

        /** {@return these settings with quantised storage or without} */
        public Dense withQuantised(boolean quantised) {
            return new Dense(encoder, quantised, exactBelow, searchWidth, connections, buildWidth);
        }

        /** {@return these settings with another limit of exact scans} */
        public Dense withExactBelow(int exactBelow) {
            return new Dense(encoder, quantised, exactBelow, searchWidth, connections, buildWidth);
        }
    }
}
