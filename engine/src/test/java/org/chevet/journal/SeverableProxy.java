package org.chevet.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands between a client and a server, and fails them at the worst moment. */
final class SeverableProxy implements AutoCloseable {
    enum Fault {
        NONE,
        /** The connection is cut with the commit still on its way: the server never hears of it. */
        CUT_BEFORE_COMMIT,
        /** The server gets the commit, and its answer is lost with the connection. */
        CUT_AFTER_COMMIT,
        /** The connection stands, and nothing comes through it any more. */
        SILENT
    }

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final String COMMIT = "COMMIT";

    private final ServerSocket door;
    private final int serverPort;
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    volatile Fault fault = Fault.NONE;

    SeverableProxy(int serverPort) throws IOException {
        this.serverPort = serverPort;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    int port() {
        return door.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
                sockets.add(client);
                sockets.add(server);
                Thread.ofVirtual().start(() -> pass(client, server, true));
                Thread.ofVirtual().start(() -> pass(server, client, false));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void pass(Socket from, Socket to, boolean fromClient) {
        byte[] buffer = new byte[BUFFER_BYTES];
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            int length;
            while ((length = in.read(buffer)) >= 0) {
                boolean commit =
                        fromClient && new String(buffer, 0, length, StandardCharsets.ISO_8859_1).contains(COMMIT);
                switch (fault) {
                    case NONE -> out.write(buffer, 0, length);
                    case CUT_BEFORE_COMMIT -> {
                        if (commit) {
                            return;
                        }
                        out.write(buffer, 0, length);
                    }
                    case CUT_AFTER_COMMIT -> {
                        out.write(buffer, 0, length);
                        if (commit) {
                            return;
                        }
                    }
                    case SILENT -> {}
                }
            }
        } catch (IOException cut) {
            // As is the point of it.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        for (Socket socket : sockets) {
            socket.close();
        }
    }
}
