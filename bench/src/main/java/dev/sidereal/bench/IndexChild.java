package dev.sidereal.bench;

import dev.sidereal.core.Item;
import dev.sidereal.core.Progress;
import dev.sidereal.engine.IndexBuild;
import dev.sidereal.engine.Scratch;
import dev.sidereal.search.CatalogueIndex;
import dev.sidereal.search.IndexSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The process in which one subject of the benchmark {@code index} works: arguments are subject, documents, folder. */
final class IndexChild {
    private static final double RAM_BUFFER_MB = 128;

    private IndexChild() {}

    public static void main(String[] arguments) throws IOException {
        PrintStream out = System.out;
        int documents = Integer.parseInt(arguments[1]);
        Path folder = Path.of(arguments[2]);
        GeneratedDocuments.stream(1).forEach(text -> {});
        long start = System.nanoTime();
        if (arguments[0].equals("ours")) {
            ours(documents, folder);
        } else {
            lucene(documents, folder);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        ObjectNode figures = JsonMapper.shared().createObjectNode();
        figures.put("ms", 1000 * seconds / documents);
        figures.put("docs_s", documents / seconds);
        figures.put("build_s", seconds);
        figures.put("cpu_s", cpuSeconds());
        figures.put("index_mb", Scratch.bytes(folder) / 1e6);
        figures.put("peak_heap_mb", peakHeap() / 1e6);
        if (Files.exists(Path.of("/proc/self/status"))) {
            figures.put("peak_rss_mb", peakResident() / 1e6);
        }
        out.println(figures);
    }

    private static void ours(int documents, Path folder) {
        CatalogueIndex.create(folder, IndexSettings.words());
        AtomicInteger next = new AtomicInteger();
        try (CatalogueIndex index = CatalogueIndex.openForWriting(folder)) {
            new IndexBuild(index, Progress.none())
                    .run(
                            GeneratedDocuments.stream(documents)
                                    .map(text -> Item.of(id(next.getAndIncrement()), "", text)),
                            documents);
        }
    }

    private static void lucene(int documents, Path folder) throws IOException {
        IndexWriterConfig config =
                new IndexWriterConfig(IndexSettings.words().analyzer()).setRAMBufferSizeMB(RAM_BUFFER_MB);
        int next = 0;
        try (Directory directory = FSDirectory.open(folder);
                IndexWriter writer = new IndexWriter(directory, config)) {
            for (Iterator<String> texts = GeneratedDocuments.stream(documents).iterator(); texts.hasNext(); ) {
                Document document = new Document();
                document.add(new StringField("id", id(next++), Store.YES));
                document.add(new TextField("text", texts.next(), Store.YES));
                writer.addDocument(document);
            }
            writer.commit();
        }
    }

    private static String id(int document) {
        return "doc-" + document;
    }

    private static double cpuSeconds() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime() / 1e9
                : 0;
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private static double peakResident() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> 1024 * Double.parseDouble(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0);
    }
}
