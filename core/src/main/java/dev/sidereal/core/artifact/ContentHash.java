package dev.sidereal.core.artifact;

import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * SHA-256 of content, as 64 lower-case hex digits that are the same on every machine and in every run. An instance
 * takes a sequence of texts, each with its length, so that {@code ab, c} and {@code a, bc} differ. Not thread-safe.
 */
public final class ContentHash {
    private final MessageDigest digest = sha256();

    /** {@return the hash of a text in UTF-8} */
    public static String ofText(String text) {
        return hex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * {@return the hash of a file's bytes, read as a stream}
     *
     * @throws BadInput if it cannot be read
     */
    public static String ofFile(Path file) {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new BadInput("cannot read " + file + " to hash it: " + e, e);
        }
        return hex(digest.digest());
    }

    /**
     * {@return the hash of all files below a folder: relative names with {@code /} sorted, and contents;
     * times, rights and empty folders do not count}
     *
     * @throws BadInput if it cannot be read
     */
    public static String ofFolder(Path folder) {
        TreeMap<String, Path> files = new TreeMap<>();
        try (Stream<Path> walk = Files.walk(folder)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                files.put(folder.relativize(file).toString().replace('\\', '/'), file);
            }
        } catch (IOException e) {
            throw new BadInput("cannot list " + folder + " to hash it: " + e, e);
        }
        ContentHash hash = new ContentHash();
        files.forEach((name, file) -> hash.add(name).add(ofFile(file)));
        return hash.hex();
    }

    /** {@return the hash of texts in order} */
    public static String ofTexts(List<String> texts) {
        ContentHash hash = new ContentHash();
        texts.forEach(hash::add);
        return hash.hex();
    }

    /** Adds one text. */
    public ContentHash add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(bytes.length).flip());
        digest.update(bytes);
        return this;
    }

    /** {@return the hash of what was added; the instance is then empty again} */
    public String hex() {
        return hex(digest.digest());
    }

    private static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
