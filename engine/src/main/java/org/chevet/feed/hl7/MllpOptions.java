package org.chevet.feed.hl7;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * @param host the address to listen on; the loopback unless told otherwise, for MLLP alone knows no password
 * @param port 0 for any free one
 * @param senders from which addresses senders may connect; from all when there are none
 * @param tls null for none
 */
public record MllpOptions(
        String host,
        int port,
        MllpLimits limits,
        List<AddressRange> senders,
        @Nullable TlsFiles tls) {
    /** As registered with IANA for HL7. */
    public static final int PORT = 2575;

    public MllpOptions {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("mllp port " + port + " is outside 0 to 65535");
        }
        senders = List.copyOf(senders);
    }

    /** On this port of the loopback, with the usual limits. */
    public static MllpOptions on(int port) {
        return new MllpOptions("127.0.0.1", port, MllpLimits.DEFAULT, List.of(), null);
    }

    boolean admits(String address) {
        return senders.isEmpty() || senders.stream().anyMatch(range -> range.contains(address));
    }
}
