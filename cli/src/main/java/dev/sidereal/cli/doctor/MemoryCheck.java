package dev.sidereal.cli.doctor;

/** Whether heap, models and the file cache fit into the memory side by side. */
record MemoryCheck(Memory memory) implements Check {
    private static final long ENOUGH = 2L << 30;

    @Override
    public Finding examine() {
        String found = "heap limit " + Sizes.bytes(memory.heapLimit()) + " of " + Sizes.bytes(memory.total()) + ", "
                + Sizes.bytes(memory.free()) + " free";
        if (memory.heapLimit() > memory.total() / 4 * 3) {
            return Finding.warn(
                    "memory", found, "leave a quarter to models and the file cache: lower -Xmx in SIDEREAL_JAVA_OPTS");
        }
        if (memory.total() < ENOUGH) {
            return Finding.warn(
                    "memory",
                    found,
                    "2 GB are needed to index with an encoder; raise the machine's or container's limit");
        }
        return Finding.ok("memory", found);
    }
}
