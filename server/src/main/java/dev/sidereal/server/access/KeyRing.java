package dev.sidereal.server.access;

import dev.sidereal.core.artifact.AtomicFile;
import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The keys of a server: a JSON array of objects with {@code name, role, as, salt, hash}, from a file or a text.
 * Immutable.
 *
 * @param keys none if the server works without
 */
public record KeyRing(List<Key> keys) {
    private static final JsonMapper JSON = JsonMapper.shared();

    public KeyRing {
        keys = List.copyOf(keys);
        if (keys.stream().map(Key::name).distinct().count() < keys.size()) {
            throw new BadConfig("two keys have the same name: give each its own");
        }
    }

    /** {@return the ring without keys, under which only this machine is served} */
    public static KeyRing empty() {
        return new KeyRing(List.of());
    }

    /**
     * Reads a file of keys.
     *
     * @throws BadInput if it cannot be read
     * @throws BadConfig if it does not hold keys
     */
    public static KeyRing read(Path file) {
        try {
            return parse(Files.readString(file), "the keys file " + file);
        } catch (IOException e) {
            throw new BadInput("cannot read the keys file " + file + " ("
                    + e.getClass().getSimpleName() + "); ./sidereal keys add NAME --keys " + file + " makes one");
        }
    }

    /**
     * Reads keys from a text.
     *
     * @param where named in messages, which never show the text itself
     * @throws BadConfig if it does not hold a key at least
     */
    public static KeyRing parse(String json, String where) {
        try {
            if (!(JSON.readTree(json) instanceof ArrayNode array) || array.isEmpty()) {
                throw malformed(where, "it is no array with a key in it");
            }
            List<Key> keys = new ArrayList<>();
            for (JsonNode entry : array) {
                keys.add(new Key(
                        text(entry, "name", where),
                        Role.named(text(entry, "role", where)),
                        text(entry, "as", where),
                        text(entry, "salt", where),
                        text(entry, "hash", where)));
            }
            return new KeyRing(keys);
        } catch (JacksonException e) {
            throw malformed(where, "it is no JSON");
        } catch (BadInput e) {
            throw malformed(where, String.valueOf(e.getMessage()));
        }
    }

    private static String text(JsonNode entry, String key, String where) {
        JsonNode value = entry.path(key);
        if (!value.isString()) {
            throw malformed(where, "a key lacks the text '" + key + "'");
        }
        return value.stringValue();
    }

    private static BadConfig malformed(String where, String why) {
        return new BadConfig(
                where + " cannot be used: " + why
                        + "; expected a JSON array of objects with name, role, as, salt and hash, as ./sidereal keys add writes");
    }

    /** {@return whether there is no key} */
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /** {@return this ring with one more key} */
    public KeyRing with(Key key) {
        List<Key> more = new ArrayList<>(keys);
        more.add(key);
        return new KeyRing(more);
    }

    /** {@return whose secret this is; all keys are tried, so that the time says nothing} */
    public Optional<Caller> caller(String secret) {
        Key found = null;
        for (Key key : keys) {
            if (key.opens(secret)) {
                found = key;
            }
        }
        return Optional.ofNullable(found).map(Key::caller);
    }

    /** Writes the ring so that only its owner may read it, as far as the file system can say so. */
    public void write(Path file) {
        ArrayNode array = JSON.createArrayNode();
        for (Key key : keys) {
            ObjectNode entry = array.addObject();
            entry.put("name", key.name());
            entry.put("role", key.role().label());
            entry.put("as", key.as());
            entry.put("salt", key.salt());
            entry.put("hash", key.hash());
        }
        byte[] json =
                JSON.writerWithDefaultPrettyPrinter().writeValueAsString(array).getBytes(StandardCharsets.UTF_8);
        AtomicFile.write(file, out -> out.write(json));
    }
}
