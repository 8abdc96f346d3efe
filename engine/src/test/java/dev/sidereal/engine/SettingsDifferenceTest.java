package dev.sidereal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidereal.core.EncoderCard;
import dev.sidereal.search.IndexSettings;
import org.junit.jupiter.api.Test;

class SettingsDifferenceTest {
    @Test
    void onlyWhatDiffersIsNamed() {
        IndexSettings there = IndexSettings.hybrid(new EncoderCard("small", "f1", 8, 100, true));
        IndexSettings wanted = IndexSettings.words().withLanguage("de");

        SettingsDifference difference = SettingsDifference.of(there, wanted);

        assertThat(difference.there())
                .isEqualTo("legs bm25,dense, encoder small, fingerprint of the encoder f1, language en,"
                        + " passage-chars 600,"
                        + " graph exact-below=20000 search-width=100 connections=16 build-width=100");
        assertThat(difference.wanted())
                .isEqualTo("legs bm25, encoder none, fingerprint of the encoder none, language de,"
                        + " passage-chars 8000, graph none");
    }
}
