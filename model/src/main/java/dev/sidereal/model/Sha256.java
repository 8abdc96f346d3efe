package dev.sidereal.model;

import dev.sidereal.model.weights.StoredTensor;
import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 as 64 hexadecimal digits; about 1 GB/s, so that weights are hashed at each open of a folder. */
public final class Sha256 {
    private static final int CHUNK = 1 << 18;

    private Sha256() {}

    /** {@return hash of bytes} */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    /** Hash of files, one after the other. */
    static String ofFiles(List<Path> files) throws IOException {
        MessageDigest digest = digest();
        byte[] chunk = new byte[CHUNK];
        for (Path file : files) {
            try (InputStream in = Files.newInputStream(file)) {
                for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                    digest.update(chunk, 0, n);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@return hash of tensors: names, types, shapes and numbers in their order} */
    static String of(Iterable<StoredTensor> tensors) {
        MessageDigest digest = digest();
        for (StoredTensor tensor : tensors) {
            digest.update((tensor.name() + tensor.type() + tensor.shape()).getBytes(StandardCharsets.UTF_8));
            MemorySegment data = tensor.data();
            for (long from = 0; from < data.byteSize(); from += CHUNK) {
                digest.update(data.asSlice(from, Math.min(CHUNK, data.byteSize() - from))
                        .asByteBuffer());
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** {@return a fresh digest} */
    public static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
