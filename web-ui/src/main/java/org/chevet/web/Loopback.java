package org.chevet.web;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** Without sign-in anybody who reaches the server could say they are a bed manager: so nobody else reaches it. */
final class Loopback {
    private Loopback() {}

    /** Why the server may not listen there, null when it may. */
    static @Nullable String refusal(String host) {
        try {
            if (InetAddress.getByName(host).isLoopbackAddress()) {
                return null;
            }
        } catch (UnknownHostException e) {
            return "'" + host + "' is no address of this machine. Write 127.0.0.1.";
        }
        return "'" + host + "' can be reached from other machines, and this version has no sign-in: Chevet listens on "
                + "the loopback only. Write 127.0.0.1, and put a proxy that signs people in before it.";
    }
}
