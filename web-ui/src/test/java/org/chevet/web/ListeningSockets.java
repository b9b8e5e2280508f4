package org.chevet.web;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where a process listens, as Linux knows it. */
final class ListeningSockets {
    private static final String LISTEN = "0A";
    private static final int ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private ListeningSockets() {}

    /** @return each as address:port */
    static List<String> of(long pid) throws IOException {
        Path process = Path.of("/proc", Long.toString(pid));
        Set<String> own;
        try (Stream<Path> descriptors = Files.list(process.resolve("fd"))) {
            own = descriptors.map(ListeningSockets::target).collect(Collectors.toSet());
        }
        List<String> listening = new ArrayList<>();
        for (String table : List.of("net/tcp", "net/tcp6")) {
            for (String line : Files.readAllLines(process.resolve(table))) {
                String[] parts = line.strip().split("\\s+");
                if (parts[STATE].equals(LISTEN) && own.contains("socket:[" + parts[INODE] + "]")) {
                    listening.add(address(parts[ADDRESS]));
                }
            }
        }
        return listening;
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException closed) {
            return "";
        }
    }

    /** Words of four bytes in the machine's order, the last byte first; a colon; the port. */
    private static String address(String hexadecimal) throws IOException {
        String[] parts = hexadecimal.split(":");
        byte[] bytes = HexFormat.of().parseHex(parts[0]);
        byte[] address = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            address[i] = bytes[i / 4 * 4 + 3 - i % 4];
        }
        // An IPv4 address in IPv6's clothes becomes an IPv4 address.
        return InetAddress.getByAddress(address).getHostAddress() + ":" + Integer.parseInt(parts[1], 16);
    }
}
