package dev.sidereal.cli.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * Memory as this process sees it, in bytes.
 *
 * @param total of the machine, or of the container if that has a lower limit
 * @param free of that
 * @param heapLimit what the Java heap may grow to
 */
record Memory(long total, long free, long heapLimit) {
    static Memory ofThisProcess() {
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Memory(
                machine.getTotalMemorySize(),
                machine.getFreeMemorySize(),
                Runtime.getRuntime().maxMemory());
    }
}
