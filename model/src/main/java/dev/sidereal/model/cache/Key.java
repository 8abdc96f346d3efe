package dev.sidereal.model.cache;

import dev.sidereal.core.Encoder.Role;
import dev.sidereal.model.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** What a vector is kept under: the first 128 bits of SHA-256 over fingerprint, role and text. */
record Key(long high, long low) {
    static final int BYTES = 2 * Long.BYTES;

    static Key of(String fingerprint, Role role, String text) {
        MessageDigest digest = Sha256.digest();
        digest.update((fingerprint + "\n" + role + "\n").getBytes(StandardCharsets.UTF_8));
        ByteBuffer hash = ByteBuffer.wrap(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        return new Key(hash.getLong(), hash.getLong());
    }
}
