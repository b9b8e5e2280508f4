package org.chevet.feed.hl7;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A range of IPv4 or IPv6 addresses as CIDR writes it: {@code 10.1.2.0/24}, {@code 2001:db8::/32}, or a single address. */
public final class AddressRange {
    private static final Pattern IPV4 = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern PREFIX = Pattern.compile("0|[1-9]\\d{0,2}");

    private final String text;
    private final byte[] network;
    private final int prefixBits;

    private AddressRange(String text, byte[] network, int prefixBits) {
        this.text = text;
        this.network = network;
        this.prefixBits = prefixBits;
    }

    /** @throws IllegalArgumentException telling what is wrong and what to write instead */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        byte[] network = bytes(slash < 0 ? text : text.substring(0, slash));
        if (network.length == 0) {
            throw new IllegalArgumentException(
                    "'" + text
                            + "' is no address or range. Write for example 10.1.2.7, 10.1.2.0/24 or 2001:db8::/32, not a name.");
        }
        int bits = network.length * Byte.SIZE;
        int prefixBits = bits;
        if (slash >= 0) {
            String prefix = text.substring(slash + 1);
            prefixBits = PREFIX.matcher(prefix).matches() ? Integer.parseInt(prefix) : Integer.MAX_VALUE;
            if (prefixBits > bits) {
                throw new IllegalArgumentException(
                        "'" + text + "' has no length after its slash. Write 0 to " + bits + ".");
            }
        }
        byte[] masked = masked(network, prefixBits);
        if (!Arrays.equals(masked, network)) {
            throw new IllegalArgumentException("'" + text + "' has bits beyond its first " + prefixBits + ". Maybe "
                    + address(masked) + "/" + prefixBits + ", or " + address(network) + " alone.");
        }
        return new AddressRange(text, network, prefixBits);
    }

    /** @param address as digits; whatever else is in no range */
    public boolean contains(String address) {
        int zone = address.indexOf('%');
        byte[] bytes = bytes(zone < 0 ? address : address.substring(0, zone));
        return bytes.length == network.length && Arrays.equals(masked(bytes, prefixBits), network);
    }

    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range
                && range.prefixBits == prefixBits
                && Arrays.equals(range.network, network);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(network) + prefixBits;
    }

    private static byte[] masked(byte[] address, int prefixBits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(prefixBits - (long) i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] &= (byte) (0xFF << (Byte.SIZE - kept));
        }
        return masked;
    }

    /** Empty when these are no digits of an address; no name is ever looked up. An IPv4 address inside IPv6 is the IPv4 address. */
    private static byte[] bytes(String digits) {
        if (!IPV4.matcher(digits).matches() && !IPV6.matcher(digits).matches()) {
            return new byte[0];
        }
        try {
            return InetAddress.getByName(digits).getAddress();
        } catch (UnknownHostException notDigits) {
            return new byte[0];
        }
    }

    private static String address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes).getHostAddress();
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(bytes.length + " bytes are no address", impossible);
        }
    }
}
