package dev.sidereal.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadConfig;
import dev.sidereal.core.error.BadInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRingTest {
    @Test
    void aKeyWrittenAndReadBackOpensForItsSecretOnly(@TempDir Path folder) throws IOException {
        Key.Made ann = Key.make("ann", Role.WRITER, "ann,group:staff");
        Path file = folder.resolve("keys.json");
        KeyRing.empty().with(ann.key()).write(file);
        KeyRing ring = KeyRing.read(file);
        Caller caller = ring.caller(ann.secret()).orElseThrow();
        assertThat(caller.name()).isEqualTo("ann");
        assertThat(caller.role()).isEqualTo(Role.WRITER);
        assertThat(caller.principal().tokens()).containsExactly("group:staff", "public", "user:ann");
        assertThat(ring.caller(ann.secret() + "x")).isEmpty();
        assertThat(ring.caller(ann.key().hash())).isEmpty();
        assertThat(ring.caller("")).isEmpty();
        assertThat(Files.readString(file)).doesNotContain(ann.secret());
    }

    @Test
    void twoKeysAreNeverTheSame() {
        Key.Made one = Key.make("a", Role.READER, "a");
        Key.Made two = Key.make("a", Role.READER, "a");
        assertThat(one.secret()).isNotEqualTo(two.secret()).hasSizeGreaterThan(50);
        assertThat(one.key().salt()).isNotEqualTo(two.key().salt());
    }

    @Test
    void keysThatCannotBeUsedAreASentenceThatDoesNotShowThem() {
        assertThatThrownBy(() -> KeyRing.parse("{\"secret\":1}", "the variable X"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("the variable X cannot be used: it is no array with a key in it; expected a JSON array of"
                        + " objects with name, role, as, salt and hash, as ./sidereal keys add writes");
        assertThatThrownBy(() -> KeyRing.parse("[{\"name\":\"a\",\"role\":\"king\"}]", "f"))
                .isInstanceOf(BadConfig.class)
                .hasMessage("there is no role 'king'; roles are reader, writer, admin");
        assertThatThrownBy(() -> KeyRing.parse("[secret", "f"))
                .hasMessageContaining("it is no JSON")
                .hasMessageNotContaining("secret");
        assertThatThrownBy(() -> KeyRing.read(Path.of("none.json")))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("./sidereal keys add NAME --keys none.json makes one");
    }

    @Test
    void onlyAnAdminReadsEverything() {
        assertThatThrownBy(() -> Key.make("a", Role.READER, "system"))
                .isInstanceOf(BadConfig.class)
                .hasMessage(
                        "the key 'a' would read everything as 'system', which only the role admin may; name a user or"
                                + " groups");
        assertThat(Key.make("a", Role.ADMIN, "system").key().as()).isEqualTo("system");
    }

    @Test
    void twoKeysOfOneNameAreRefused() {
        KeyRing ring = KeyRing.empty().with(Key.make("a", Role.READER, "a").key());
        Key again = Key.make("a", Role.ADMIN, "b").key();
        assertThatThrownBy(() -> ring.with(again)).hasMessage("two keys have the same name: give each its own");
    }
}
