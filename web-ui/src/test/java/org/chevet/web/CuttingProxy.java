package org.chevet.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Stands between a client and a server and, while it is told to, cuts each connection at a random byte. */
final class CuttingProxy implements AutoCloseable {
    private static final int BYTES_MIN = 1_000;
    private static final int BYTES_MAX = 60_000;
    private static final int BACKLOG = 50;

    private final ServerSocket door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    private final int serverPort;
    private final Random random;
    private final AtomicInteger cuts = new AtomicInteger();
    volatile boolean cutting;

    CuttingProxy(int serverPort, Random random) throws IOException {
        this.serverPort = serverPort;
        this.random = random;
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many connections were cut. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = connect(client);
                if (server != null) {
                    // Of both directions together: an answer is lost as often as a question.
                    AtomicLong left = new AtomicLong(random.nextInt(BYTES_MIN, BYTES_MAX));
                    Thread.ofVirtual().start(() -> pass(client, server, left));
                    Thread.ofVirtual().start(() -> pass(server, client, left));
                }
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private @Nullable Socket connect(Socket client) throws IOException {
        try {
            return new Socket(InetAddress.getLoopbackAddress(), serverPort);
        } catch (IOException away) {
            client.close();
            return null;
        }
    }

    private void pass(Socket from, Socket to, AtomicLong left) {
        byte[] buffer = new byte[8192];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                if (!cutting) {
                    out.write(buffer, 0, length);
                    continue;
                }
                long before = left.getAndAdd(-length);
                out.write(buffer, 0, (int) Math.clamp(before, 0, length));
                if (before <= length) {
                    cuts.incrementAndGet();
                    return;
                }
            }
        } catch (IOException cut) {
            // As is the point of it.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
