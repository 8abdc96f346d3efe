package dev.sidereal.core;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who may read an item: a set of reader tokens such as {@code user:ann} or {@code group:staff}, or nothing stated at
 * all. An item without stated readers is readable by everybody in a catalogue of {@link AclMode#OPEN} and by nobody in
 * one of {@link AclMode#CLOSED}. Stated but empty readers mean nobody in both.
 *
 * @param stated false if the source said nothing
 * @param readers the tokens; empty if not stated
 */
public record Acl(boolean stated, SortedSet<String> readers) {
    private static final Acl UNSTATED = new Acl(false, new TreeSet<>());

    public Acl {
        readers = Collections.unmodifiableSortedSet(new TreeSet<>(readers));
        if (!stated && !readers.isEmpty()) {
            throw new IllegalArgumentException("readers are given but the ACL is called not stated");
        }
        for (String reader : readers) {
            Principal.checkToken(reader);
        }
    }

    /** {@return the ACL of an item whose source says nothing about rights} */
    public static Acl unstated() {
        return UNSTATED;
    }

    /** {@return an ACL that lets the holders of any of these tokens read} */
    public static Acl readers(java.util.Collection<String> tokens) {
        return new Acl(true, new TreeSet<>(tokens));
    }
}
