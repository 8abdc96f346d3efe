package dev.sidereal.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidereal.core.error.BadInput;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class PrincipalTest {
    @Test
    void parsesTokensAndBareNames() {
        assertThat(Principal.parse("ann, group:staff").tokens()).containsExactly("group:staff", "public", "user:ann");
        assertThat(Principal.parse("ann,group:staff")).isEqualTo(Principal.user("ann", "staff"));
    }

    @Test
    void refusesWhatIsNoToken() {
        assertThatThrownBy(() -> Principal.parse("role:admin"))
                .isInstanceOf(BadInput.class)
                .hasMessage("'role:admin' names no reader: expected public, user:NAME or group:NAME"
                        + " without white space or comma");
    }

    @Property
    void anItemWithoutStatedAclFollowsTheMode(@ForAll AclMode mode) {
        assertThat(Principal.anyone().mayRead(Acl.unstated(), mode)).isEqualTo(mode == AclMode.OPEN);
        assertThat(Principal.system().mayRead(Acl.unstated(), mode)).isTrue();
    }

    @Property
    void statedReadersDecideInBothModes(@ForAll AclMode mode, @ForAll Set<Boolean> staff) {
        Principal principal = staff.contains(true) ? Principal.user("ann", "staff") : Principal.user("ann");
        assertThat(principal.mayRead(Acl.readers(List.of("group:staff")), mode)).isEqualTo(staff.contains(true));
        assertThat(principal.mayRead(Acl.readers(List.of()), mode)).isFalse();
    }
}
