package dev.sidereal.core.catalogue;

import dev.sidereal.core.error.BadConfig;
import java.util.Collections;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The importers on the class path, by name. */
public final class Importers {
    private Importers() {}

    /** {@return name to importer} */
    public static SortedMap<String, Importer> all() {
        SortedMap<String, Importer> found = new TreeMap<>();
        for (Importer importer : ServiceLoader.load(Importer.class, Importers.class.getClassLoader())) {
            Importer other = found.put(importer.name(), importer);
            if (other != null) {
                throw new IllegalStateException("two importers are called '" + importer.name() + "': "
                        + other.getClass().getName() + " and "
                        + importer.getClass().getName());
            }
        }
        return Collections.unmodifiableSortedMap(found);
    }

    /**
     * {@return the importer of a format}
     *
     * @throws BadConfig if there is none; the message lists those there are
     */
    public static Importer named(String name) {
        SortedMap<String, Importer> all = all();
        Importer importer = all.get(name);
        if (importer == null) {
            throw new BadConfig("there is no importer '" + name + "'; formats are " + String.join(", ", all.keySet()));
        }
        return importer;
    }
}
