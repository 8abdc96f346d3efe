package dev.sidereal.cli;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"sidereal " + number() + " on Java " + Runtime.version()};
    }

    /** {@return the version, or {@code unpackaged} when the classes do not come from the jar} */
    static String number() {
        String version = Version.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
