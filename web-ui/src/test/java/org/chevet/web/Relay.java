package org.chevet.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** Makes ports of the loopback reachable at another address. In a network namespace it is a process of its own. */
final class Relay implements AutoCloseable {
    private static final int BACKLOG = 50;

    private final ServerSocket door;

    /** @param host the address to listen on; the port is the same on both sides */
    Relay(String host, int port) throws IOException {
        door = new ServerSocket(port, BACKLOG, InetAddress.getByName(host));
        Thread.ofVirtual().start(this::accept);
    }

    /** @param arguments the address, and the ports */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        for (int i = 1; i < arguments.length; i++) {
            new Relay(arguments[0], Integer.parseInt(arguments[i]));
        }
        System.out.println("listens");
        Thread.currentThread().join();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = door.accept();
                Thread.ofVirtual().start(() -> serve(client));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket client) {
        try {
            Socket server = new Socket(InetAddress.getLoopbackAddress(), door.getLocalPort());
            Thread.ofVirtual().start(() -> pass(server, client));
            pass(client, server);
        } catch (IOException away) {
            close(client);
        }
    }

    private static void pass(Socket from, Socket to) {
        try (from;
                to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // As connections do.
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // It is.
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
