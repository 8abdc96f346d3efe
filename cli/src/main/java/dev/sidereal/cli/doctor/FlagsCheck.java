package dev.sidereal.cli.doctor;

import java.util.Properties;

/** The JVM options that the launcher sets, besides the vector module, which has a check of its own. */
record FlagsCheck(Properties properties, boolean nativeAccess) implements Check {
    private static final String UNSAFE = "sun.misc.unsafe.memory.access";

    @Override
    public Finding examine() {
        if (!nativeAccess) {
            return Finding.warn(
                    "jvm options",
                    "native access is not enabled",
                    "start through ./sidereal, or add --enable-native-access=ALL-UNNAMED");
        }
        if (!"allow".equals(properties.getProperty(UNSAFE))) {
            return Finding.warn(
                    "jvm options",
                    "access through sun.misc.Unsafe draws warnings",
                    "start through ./sidereal, or add --sun-misc-unsafe-memory-access=allow");
        }
        return Finding.ok("jvm options", "native access and memory access are allowed");
    }
}
