package dev.sidereal.testkit;

import dev.sidereal.core.Acl;
import dev.sidereal.core.Principal;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Principals and ACLs that know each other: both draw on the users and groups of the test corpora. */
public final class PrincipalArbitraries {
    /** The users that corpora name. */
    public static final List<String> USERS = List.of("ann", "bob", "cleo");

    /** The groups that corpora name. */
    public static final List<String> GROUPS = List.of("staff", "board");

    static final List<String> READERS =
            List.of("user:ann", "user:bob", "user:cleo", "group:staff", "group:board", Principal.PUBLIC);

    private PrincipalArbitraries() {}

    /** {@return anyone, system, and users in any of the groups; one of the users is named by no ACL} */
    public static Arbitrary<Principal> principals() {
        Arbitrary<String> users = Arbitraries.of(USERS.get(0), USERS.get(1), USERS.get(2), "stranger");
        Arbitrary<Set<String>> groups = Arbitraries.of(GROUPS).set();
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.of(Principal.anyone(), Principal.system())),
                Tuple.of(
                        4,
                        Combinators.combine(users, groups)
                                .as((user, of) -> Principal.user(user, of.toArray(String[]::new)))));
    }

    /** {@return ACLs that are not stated, name nobody, or name some readers} */
    public static Arbitrary<Acl> acls() {
        return Arbitraries.frequencyOf(
                Tuple.of(1, Arbitraries.just(Acl.unstated())),
                Tuple.of(3, Arbitraries.of(READERS).set().map(Acl::readers)));
    }
}
