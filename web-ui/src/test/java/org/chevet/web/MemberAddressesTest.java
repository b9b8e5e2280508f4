package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.cluster.Member;
import org.chevet.cluster.MemberId;
import org.chevet.cluster.Membership;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MemberAddressesTest {
    private static final String FIRST = "https://lits-1.example.org";
    private static final String SECOND = "https://lits-2.example.org";
    private static final String CONFIGURED = "https://lits.example.org";

    private final Members members = new Members();
    private final MemberAddresses addresses = new MemberAddresses(members, List.of(CONFIGURED));

    /** Those whom the test lets come and go. */
    private static final class Members implements Membership {
        private final List<Member> there = new ArrayList<>(List.of(member("lits-1", FIRST)));
        private final List<Runnable> listeners = new ArrayList<>();

        static Member member(String name, @Nullable String address) {
            return new Member(new MemberId("id of " + name), name, address);
        }

        void come(String name, @Nullable String address) {
            there.add(member(name, address));
            listeners.forEach(Runnable::run);
        }

        void leave(String name) {
            there.removeIf(member -> member.name().equals(name));
            listeners.forEach(Runnable::run);
        }

        @Override
        public MemberId self() {
            return new MemberId("id of lits-1");
        }

        @Override
        public List<Member> members() {
            return List.copyOf(there);
        }

        @Override
        public @Nullable MemberId writerOf(HospitalId hospital) {
            return null;
        }

        @Override
        public void takePart() {}

        @Override
        public void handOver() {}

        @Override
        public AutoCloseable onChange(Runnable changed) {
            listeners.add(changed);
            return () -> listeners.remove(changed);
        }
    }

    @Test
    void shouldTellWhoIsThereAndRememberWhoWas() {
        members.come("lits-2", SECOND);
        assertThat(addresses.told())
                .isEqualTo(new MemberAddresses.Told(
                        "lits-1",
                        List.of(
                                new MemberAddresses.Named("lits-1", FIRST),
                                new MemberAddresses.Named("lits-2", SECOND))));

        members.leave("lits-2");

        assertThat(addresses.told().members()).containsExactly(new MemberAddresses.Named("lits-1", FIRST));
        assertThat(addresses.origins()).containsExactlyInAnyOrder(CONFIGURED, FIRST, SECOND);
    }

    @Test
    void shouldTakeNoAddressThatIsNone() {
        members.come("lits-2", "https://lits-2.example.org; script-src *");
        members.come("lits-3", null);
        assertThat(addresses.told().members()).hasSize(1);
        assertThat(addresses.origins()).containsExactlyInAnyOrder(CONFIGURED, FIRST);
    }

    @Test
    void shouldKeepTheSameSetWhileNothingIsNewAndNotGrowForEver() {
        var before = addresses.origins();
        members.leave("lits-2");
        assertThat(addresses.origins()).isSameAs(before);

        IntStream.range(0, 2 * MemberAddresses.ORIGINS_MAX)
                .forEach(i -> members.come("m" + i, "https://m" + i + ".example.org"));
        assertThat(addresses.origins()).hasSize(MemberAddresses.ORIGINS_MAX).contains(CONFIGURED, FIRST);
    }
}
