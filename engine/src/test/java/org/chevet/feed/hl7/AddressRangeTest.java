package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.2.0/24, 10.1.2.0, true",
        "10.1.2.0/24, 10.1.2.255, true",
        "10.1.2.0/24, 10.1.3.0, false",
        "10.1.2.0/24, 10.1.1.255, false",
        "10.1.2.128/25, 10.1.2.127, false",
        "10.1.2.128/25, 10.1.2.128, true",
        "10.1.2.8/31, 10.1.2.9, true",
        "10.1.2.8/31, 10.1.2.10, false",
        "10.1.2.7, 10.1.2.7, true",
        "10.1.2.7, 10.1.2.8, false",
        "10.1.2.7/32, 10.1.2.6, false",
        "0.0.0.0/0, 203.0.113.9, true",
        "0.0.0.0/0, 2001:db8::1, false",
        "10.1.2.0/24, ::ffff:10.1.2.9, true",
        "::ffff:10.1.2.9, 10.1.2.9, true",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/33, 2001:db8:8000::1, false",
        "fe80::/10, fe80::1%eth0, true",
        "::1, 0:0:0:0:0:0:0:1, true",
        "::1, 127.0.0.1, false",
        "::/0, ::1, true",
        "10.0.0.0/8, gam.hopital.example, false"
    })
    void shouldHoldExactlyItsAddresses(String range, String address, boolean held) {
        assertThat(AddressRange.of(range).contains(address)).isEqualTo(held);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3/24, Maybe 10.1.2.0/24",
        "10.1.2.0/33, Write 0 to 32",
        "10.1.2.0/, Write 0 to 32",
        "10.1.2.0/-1, Write 0 to 32",
        "2001:db8::/129, Write 0 to 128",
        "2001:db8::1/32, Maybe 2001:db8:0:0:0:0:0:0/32",
        "gam.hopital.example, not a name",
        "10.1.2, not a name",
        "10.1.2.256, not a name",
        "10.1.2.03, not a name",
        "10.1.2.3.4, not a name",
        "'', not a name",
        ":::, not a name"
    })
    void shouldSayWhatIsWrong(String text, String advice) {
        assertThatThrownBy(() -> AddressRange.of(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(advice);
    }
}
