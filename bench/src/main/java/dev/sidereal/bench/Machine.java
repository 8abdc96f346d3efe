package dev.sidereal.bench;

import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The circumstances that every benchmark states. */
final class Machine {
    private Machine() {}

    static Map<String, String> circumstances() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("cpus", Integer.toString(Runtime.getRuntime().availableProcessors()));
        all.put("arch", System.getProperty("os.arch"));
        all.put("java", Runtime.version().toString());
        all.put("heap_mb", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        all.put("load_before", String.format(Locale.ROOT, "%.2f", load));
        return all;
    }
}
