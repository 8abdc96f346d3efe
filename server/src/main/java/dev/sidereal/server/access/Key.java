package dev.sidereal.server.access;

import dev.sidereal.core.Principal;
import dev.sidereal.core.error.BadConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * An API key as it is kept: with a hash, so that who reads the file cannot use it. A key is 256 random bits, which no
 * dictionary holds, so one salted SHA-256 is as good as a slow hash and does not slow requests down.
 *
 * @param name shown in logs
 * @param role what its holder may do
 * @param as principal tokens such as {@code ann,group:staff}
 * @param salt hex
 * @param hash SHA-256 of salt and key, hex
 */
public record Key(String name, Role role, String as, String salt, String hash) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{32,}");
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String PREFIX = "sidereal_";

    public Key {
        if (!NAME.matcher(name).matches()) {
            throw new BadConfig("a key cannot be called '" + name
                    + "': expected up to 64 letters, digits, dots, dashes and underscores");
        }
        if (Principal.parse(as).isSystem() && role != Role.ADMIN) {
            throw new BadConfig("the key '" + name
                    + "' would read everything as 'system', which only the role admin may;" + " name a user or groups");
        }
        if (!HEX.matcher(salt).matches() || !HEX.matcher(hash).matches()) {
            throw new BadConfig("the key '" + name
                    + "' has no usable salt and hash; make it again with ./sidereal keys add " + name);
        }
    }

    /**
     * A key just made.
     *
     * @param key what is kept
     * @param secret what its holder sends; shown once, kept nowhere
     */
    public record Made(Key key, String secret) {}

    /** {@return a new key} */
    public static Made make(String name, Role role, String as) {
        byte[] secret = random(32);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        String salt = HexFormat.of().formatHex(random(16));
        return new Made(new Key(name, role, as, salt, hash(salt, text)), text);
    }

    /** {@return whether this is the secret; takes the same time for every wrong one} */
    boolean opens(String secret) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII), hash(salt, secret).getBytes(StandardCharsets.US_ASCII));
    }

    Caller caller() {
        Principal principal = Principal.parse(as);
        return new Caller(name, role, principal, role == Role.ADMIN ? Principal.system() : principal);
    }

    private static byte[] random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return random;
    }

    private static String hash(String salt, String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(HexFormat.of().parseHex(salt));
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
