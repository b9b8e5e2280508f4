package org.chevet.web;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.chevet.cluster.Member;
import org.chevet.cluster.Membership;

/**
 * Where browsers reach the members of this cluster. A page goes on at another member when its own is gone: so pages of all of
 * them may ask here, and ours may ask there. Thread-safe.
 */
final class MemberAddresses implements AutoCloseable {
    /** Members come back under their own addresses: more than that many are a mistake somewhere. */
    static final int ORIGINS_MAX = 64;

    /** @param address an origin */
    record Named(String name, String address) {}

    /**
     * As a page is told.
     *
     * @param name of this member
     * @param members those that are there and say where browsers reach them
     */
    record Told(String name, List<Named> members) {
        Told {
            members = List.copyOf(members);
        }
    }

    private final Membership membership;
    private final AutoCloseable listening;
    private volatile Told told = new Told("", List.of());
    private volatile Set<String> origins;

    /** @param allowedOrigins those that the configuration names; among them may be members that were never heard */
    MemberAddresses(Membership membership, List<String> allowedOrigins) {
        this.membership = membership;
        origins = Set.copyOf(allowedOrigins);
        listening = membership.onChange(this::look);
        look();
    }

    Told told() {
        return told;
    }

    /**
     * Every origin whose pages may act here, and where pages of ours may act: a page outlives the member that it came from. The same
     * object as long as there is none more.
     */
    Set<String> origins() {
        return origins;
    }

    private synchronized void look() {
        List<Member> members = membership.members();
        if (members.isEmpty()) {
            return; // this one has left
        }
        String self = members.stream()
                .filter(member -> member.id().equals(membership.self()))
                .map(Member::name)
                .findFirst()
                .orElse(told.name());
        List<Named> named = members.stream()
                .filter(member -> member.address() != null && Origins.isOrigin(member.address()))
                .map(member -> new Named(member.name(), Objects.requireNonNull(member.address())))
                .toList();
        told = new Told(self, named);
        Set<String> more = new LinkedHashSet<>(origins);
        for (Named one : named) {
            if (more.size() < ORIGINS_MAX) {
                more.add(one.address());
            }
        }
        if (more.size() > origins.size()) {
            origins = Set.copyOf(more);
        }
    }

    @Override
    public void close() throws Exception {
        listening.close();
    }
}
