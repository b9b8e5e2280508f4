package org.chevet.simulations.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * Many clients that ask one address for the same thing over kept connections, each again once it has its answer. One thread plays
 * them all, so that they take little from a server on the same machine. Every answer must be the first one, byte for byte.
 */
final class HttpReaders {
    private static final String HEAD_END = "\r\n\r\n";

    private final InetSocketAddress server;
    private final byte[] request;
    private final String firstHead;
    private final ByteBuffer first;

    /**
     * @param headers lines with their ends
     * @param status which every answer must have
     */
    HttpReaders(URI address, String headers, int status) throws IOException {
        server = new InetSocketAddress(address.getHost(), address.getPort());
        request = ("GET " + address.getRawPath() + " HTTP/1.1\r\nHost: " + address.getAuthority() + "\r\n" + headers
                        + "\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = new Socket(address.getHost(), address.getPort())) {
            socket.getOutputStream().write(request);
            firstHead = readHead(socket.getInputStream());
            if (!firstHead.startsWith("HTTP/1.1 " + status + " ")) {
                throw new IOException("answered with " + firstHead + " instead of " + status);
            }
            byte[] head = firstHead.getBytes(StandardCharsets.ISO_8859_1);
            byte[] body = socket.getInputStream().readNBytes(bodyBytes());
            first = ByteBuffer.allocateDirect(head.length + body.length)
                    .put(head)
                    .put(body)
                    .flip();
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf(HEAD_END) < 0) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException("the server closed the connection");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    /** How long an answer's body is. */
    int bodyBytes() {
        return Integer.parseInt(header("content-length", "0"));
    }

    /** What an answer says under a name. */
    String header(String name, String otherwise) {
        return firstHead
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse(otherwise);
    }

    /**
     * Asks for a time.
     *
     * @return nanoseconds from each question to its answer's last byte
     */
    Histogram ask(int clients, Duration time) throws IOException {
        Histogram nanos = new Histogram(3);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < clients; i++) {
                new Client(selector).ask();
            }
            long end = System.nanoTime() + time.toNanos();
            while (System.nanoTime() < end) {
                selector.select(1);
                for (SelectionKey key : selector.selectedKeys()) {
                    ((Client) key.attachment()).read(nanos);
                }
                selector.selectedKeys().clear();
            }
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
        }
        return nanos;
    }

    private final class Client {
        private final SocketChannel channel = SocketChannel.open(server);
        private final ByteBuffer question =
                ByteBuffer.allocateDirect(request.length).put(request);
        private final ByteBuffer answer = ByteBuffer.allocateDirect(first.limit());
        private long askedNanos;

        Client(Selector selector) throws IOException {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, this);
        }

        void ask() throws IOException {
            askedNanos = System.nanoTime();
            channel.write(question.flip()); // so little always fits
        }

        void read(Histogram nanos) throws IOException {
            if (channel.read(answer) < 0) {
                throw new EOFException("the server closed a connection");
            }
            if (answer.hasRemaining()) {
                return;
            }
            if (!answer.flip().equals(first)) {
                throw new IOException(
                        "answered with " + StandardCharsets.ISO_8859_1.decode(answer) + " instead of " + firstHead);
            }
            answer.clear();
            nanos.recordValue(System.nanoTime() - askedNanos);
            ask();
        }
    }
}
