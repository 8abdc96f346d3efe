package dev.sidereal.cli.doctor;

/** The Java version: 25 is what everything is tested with. */
record JavaCheck(Runtime.Version version) implements Check {
    private static final int TESTED = 25;

    @Override
    public Finding examine() {
        String found = version + " (" + System.getProperty("java.vendor") + ") in " + System.getProperty("java.home");
        if (version.feature() < TESTED) {
            return Finding.fail("java", found, "install a JDK 25 and let JAVA_HOME point to it");
        }
        if (version.feature() > TESTED) {
            return Finding.warn("java", found, "Sidereal is tested with JDK 25; use one if something fails oddly");
        }
        return Finding.ok("java", found);
    }
}
