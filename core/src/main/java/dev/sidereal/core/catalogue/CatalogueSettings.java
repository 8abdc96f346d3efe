package dev.sidereal.core.catalogue;

import dev.sidereal.core.AclMode;
import dev.sidereal.core.error.BadConfig;
import java.util.Locale;

/**
 * How a catalogue is to be written.
 *
 * @param acl what an item without stated readers means
 * @param language BCP 47 tag of the texts: {@code en}, {@code de}; {@code und} if unknown or mixed
 * @param badRows how many rows that are no items may be left out; 0 stops at the first
 */
public record CatalogueSettings(AclMode acl, String language, long badRows) {
    public CatalogueSettings {
        if (!language.equals("und")
                && Locale.forLanguageTag(language).getLanguage().isEmpty()) {
            throw new BadConfig("'" + language + "' is no language tag; write one such as en, de or pt-BR, or und");
        }
        if (badRows < 0) {
            throw new BadConfig("the number of bad rows to leave out must be 0 or more, got " + badRows);
        }
    }

    /** {@return open, language unknown, stop at the first bad row} */
    public static CatalogueSettings defaults() {
        return new CatalogueSettings(AclMode.OPEN, "und", 0);
    }

    /** {@return these settings with another access mode} */
    public CatalogueSettings withAcl(AclMode acl) {
        return new CatalogueSettings(acl, language, badRows);
    }

    /** {@return these settings with another language} */
    public CatalogueSettings withLanguage(String language) {
        return new CatalogueSettings(acl, language, badRows);
    }

    /** {@return these settings with another number of bad rows that may be left out} */
    public CatalogueSettings withBadRows(long badRows) {
        return new CatalogueSettings(acl, language, badRows);
    }
}
