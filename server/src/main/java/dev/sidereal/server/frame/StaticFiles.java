package dev.sidereal.server.frame;

import dev.sidereal.core.artifact.ContentHash;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of the page and of the libraries it uses, from the class path: {@code /web/**} and, below
 * {@code /webjars/}, {@code /META-INF/resources/webjars/**}. A path without a dot is a view of the page. Thread-safe.
 */
public final class StaticFiles {
    private static final Pattern SAFE = Pattern.compile("(/[A-Za-z0-9@_~+-][A-Za-z0-9@._~+-]*)+");
    private static final Pattern IMPORT_MAP =
            Pattern.compile("<script type=\"importmap\">(.*?)</script>", Pattern.DOTALL);
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("txt", "text/plain; charset=utf-8"));

    private final Map<String, File> cache = new ConcurrentHashMap<>();
    private final @Nullable Path live;

    /** @param live a folder that is read anew with each request instead of {@code /web/}, for who works on the page */
    public StaticFiles(@Nullable Path live) {
        this.live = live;
    }

    /**
     * A file as it is sent.
     *
     * @param type media type
     * @param bytes plain
     * @param gzipped the same, or the plain ones if that is no gain
     * @param etag of its content, quoted
     * @param keep whether its content never changes under this name
     * @param scripts hashes of its import map for the content policy, else empty
     */
    record File(String type, byte[] bytes, byte[] gzipped, String etag, boolean keep, String scripts) {}

    /** {@return the file of a path, empty if there is none} */
    Optional<File> find(String path) {
        String name = path.equals("/") || path.lastIndexOf('.') < path.lastIndexOf('/') ? "/index.html" : path;
        if (!SAFE.matcher(name).matches()) {
            return Optional.empty();
        }
        boolean library = name.startsWith("/webjars/");
        if (live != null && !library) {
            return load(name, false);
        }
        File known = cache.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<File> loaded = load(name, library);
        loaded.ifPresent(file -> cache.put(name, file));
        return loaded;
    }

    private Optional<File> load(String name, boolean library) {
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        if (type == null) {
            return Optional.empty();
        }
        try (InputStream in = open(name, library)) {
            if (in == null) {
                return Optional.empty();
            }
            byte[] bytes = in.readAllBytes();
            byte[] gzipped = gzip(bytes);
            return Optional.of(new File(
                    type,
                    bytes,
                    gzipped.length < bytes.length ? gzipped : bytes,
                    etag(bytes),
                    library,
                    type.startsWith("text/html") ? scripts(bytes) : ""));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable InputStream open(String name, boolean library) throws IOException {
        if (library) {
            return StaticFiles.class.getResourceAsStream("/META-INF/resources" + name);
        }
        if (live != null) {
            Path file = live.resolve(name.substring(1));
            return Files.isRegularFile(file) ? Files.newInputStream(file) : null;
        }
        return StaticFiles.class.getResourceAsStream("/web" + name);
    }

    /** An import map must stand in the page itself; its hash lets it through the content policy, and nothing else. */
    private static String scripts(byte[] html) {
        StringBuilder hashes = new StringBuilder();
        Matcher map = IMPORT_MAP.matcher(new String(html, StandardCharsets.UTF_8));
        while (map.find()) {
            hashes.append(" 'sha256-")
                    .append(Base64.getEncoder().encodeToString(sha256(map.group(1))))
                    .append('\'');
        }
        return hashes.toString();
    }

    private static byte[] sha256(String text) {
        return java.util.HexFormat.of().parseHex(ContentHash.ofText(text));
    }

    static String etag(byte[] bytes) {
        return '"'
                + ContentHash.ofText(new String(bytes, StandardCharsets.ISO_8859_1))
                        .substring(0, 24)
                + '"';
    }

    static byte[] gzip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length / 3 + 64);
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
