import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the samples from the raw data sets. The files it writes depend on nothing but its input: same order, no time
 * stamps. Run from the repository root after a build:
 *
 * <pre>java --class-path "cli/target/lib/*" samples/MakeSamples.java DATA_FOLDER</pre>
 *
 * <p>{@code DATA_FOLDER} holds {@code python_docs/{pages.jsonl,links.tsv}.gz} and
 * {@code java_code_search/pairs.jsonl.gz}, described in each sample's SOURCE.md.
 */
class MakeSamples {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TITLE_SUFFIX = " — Python 3.11.2 documentation";
    private static final String SITE = "https://docs.python.org/3.11/";

    /** Pages of the smaller sample outside the tutorial: those that people open most and that read well on their own. */
    private static final Set<String> PAGES = new HashSet<>();

    static {
        pages("faq", "general library programming");
        pages("howto", "argparse enum logging regex sockets sorting unicode urllib2");
        pages(
                "library",
                "asyncio asyncio-task base64 bisect collections concurrent.futures constants contextlib"
                        + " copy csv dataclasses datetime exceptions fnmatch functions functools glob heapq intro"
                        + " itertools json math operator os.path pathlib pprint queue random re secrets shutil sqlite3"
                        + " stdtypes string subprocess tempfile textwrap threading tomllib uuid");
    }

    private static void pages(String area, String names) {
        for (String name : names.split(" ")) {
            PAGES.add(area + "/" + name + ".html");
        }
    }

    public static void main(String[] args) throws IOException {
        if (args.length != 1) {
            System.err.println("usage: java --class-path \"cli/target/lib/*\" samples/MakeSamples.java DATA_FOLDER");
            System.exit(2);
        }
        Path data = Path.of(args[0]);
        Path samples = Path.of("samples");
        pythonDocs(data.resolve("python_docs"), samples.resolve("python-docs"), MakeSamples::isPicked);
        pythonDocs(data.resolve("python_docs"), samples.resolve("python-docs-full"), id -> true);
        javaCodeSearch(data.resolve("java_code_search"), samples.resolve("java-code-search"));
    }

    private static boolean isPicked(String id) {
        return id.startsWith("tutorial/") || PAGES.contains(id);
    }

    /** One item a page, sections as they are, and the links whose two ends are kept. */
    private static void pythonDocs(Path from, Path to, java.util.function.Predicate<String> keep) throws IOException {
        Files.createDirectories(to);
        Set<String> kept = new HashSet<>();
        long sections = 0;
        long characters = 0;
        try (Writer items = gzip(to.resolve("items.jsonl.gz"))) {
            for (String line : lines(from.resolve("pages.jsonl.gz"))) {
                JsonNode page = JSON.readTree(line);
                String id = page.get("_id").asString();
                if (!keep.test(id)) {
                    continue;
                }
                kept.add(id);
                ObjectNode item = JSON.createObjectNode();
                item.put("id", id);
                item.put("title", page.get("title").asString().replace(TITLE_SUFFIX, ""));
                item.put("text", "");
                ArrayNode parts = item.putArray("sections");
                for (JsonNode section : page.get("sections")) {
                    String text = section.get("text").asString().replace("¶", "").strip();
                    ObjectNode part = parts.addObject();
                    part.put("id", section.get("id").asString());
                    part.put("heading", section.get("heading").asString().replace("¶", "").strip());
                    part.put("text", text);
                    sections++;
                    characters += text.length();
                }
                item.put("area", id.contains("/") ? id.substring(0, id.indexOf('/')) : "top");
                item.put("url", SITE + id);
                items.write(JSON.writeValueAsString(item) + "\n");
            }
        }
        long links = 0;
        try (Writer out = gzip(to.resolve("links.tsv.gz"))) {
            List<String> all = lines(from.resolve("links.tsv.gz"));
            out.write(all.getFirst() + "\n");
            for (String line : all.subList(1, all.size())) {
                String[] ends = line.split("\t", 3);
                if (kept.contains(ends[0]) && kept.contains(ends[1])) {
                    out.write(line + "\n");
                    links++;
                }
            }
        }
        System.out.printf(
                "%s: %,d pages, %,d sections, %,d characters, %,d links%n", to, kept.size(), sections, characters, links);
    }

    /**
     * The test split in the BEIR layout, and the other splits as training pairs. Queries and methods have ids that
     * differ, because some tools drop a document whose id is the query's. Left out: the method's name and the whole
     * Javadoc, since both give the answer away.
     */
    private static void javaCodeSearch(Path from, Path to) throws IOException {
        Files.createDirectories(to.resolve("qrels"));
        int[] counts = new int[3];
        try (Writer corpus = gzip(to.resolve("corpus.jsonl.gz"));
                Writer queries = gzip(to.resolve("queries.jsonl.gz"));
                Writer qrels = Files.newBufferedWriter(to.resolve("qrels/test.tsv"));
                Writer train = gzip(to.resolve("train.jsonl.gz"));
                Writer valid = gzip(to.resolve("valid.jsonl.gz"))) {
            qrels.write("query-id\tcorpus-id\tscore\n");
            for (String line : lines(from.resolve("pairs.jsonl.gz"))) {
                JsonNode pair = JSON.readTree(line);
                String code = pair.get("code").asString().replace("\r\n", "\n");
                String query = pair.get("query").asString();
                String id = pair.get("_id").asString();
                String source = pair.get("lib").asString() + "/" + pair.get("file").asString();
                switch (pair.get("split").asString()) {
                    case "test" -> {
                        ObjectNode document = JSON.createObjectNode();
                        document.put("_id", "m" + id);
                        document.put("title", "");
                        document.put("text", code);
                        document.putObject("metadata").put("source", source);
                        corpus.write(JSON.writeValueAsString(document) + "\n");
                        ObjectNode asked = JSON.createObjectNode();
                        asked.put("_id", "q" + id);
                        asked.put("text", query);
                        queries.write(JSON.writeValueAsString(asked) + "\n");
                        qrels.write("q" + id + "\tm" + id + "\t1\n");
                        counts[0]++;
                    }
                    case "train" -> {
                        train.write(pair(query, code, source));
                        counts[1]++;
                    }
                    case "valid" -> {
                        valid.write(pair(query, code, source));
                        counts[2]++;
                    }
                    default -> throw new IOException("unknown split in: " + line);
                }
            }
        }
        System.out.printf("%s: %,d test, %,d train, %,d valid pairs%n", to, counts[0], counts[1], counts[2]);
    }

    private static String pair(String query, String positive, String source) {
        ObjectNode pair = JSON.createObjectNode();
        pair.put("query", query);
        pair.put("positive", positive);
        pair.put("source", source);
        return JSON.writeValueAsString(pair) + "\n";
    }

    private static List<String> lines(Path gz) throws IOException {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gz)), StandardCharsets.UTF_8))) {
            return reader.lines().toList();
        }
    }

    /** Java's gzip writes no time stamp and no name, so equal text gives equal bytes. */
    private static Writer gzip(Path file) throws IOException {
        GZIPOutputStream gz = new GZIPOutputStream(Files.newOutputStream(file)) {
            {
                def.setLevel(9);
            }
        };
        return new java.io.BufferedWriter(new java.io.OutputStreamWriter(gz, StandardCharsets.UTF_8));
    }
}
