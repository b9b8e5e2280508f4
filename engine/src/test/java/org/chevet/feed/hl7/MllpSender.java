package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;

/** A sender of tests, on a real socket. */
final class MllpSender implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 50_000;

    private final Socket socket;
    private final InputStream in;

    MllpSender(int port) throws IOException {
        this(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    MllpSender(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    static String frame(String text) {
        return "\u000B" + text + "\u001C\r";
    }

    Socket socket() {
        return socket;
    }

    MllpSender send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    MllpSender send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    String exchange(Adt message) throws IOException {
        return exchange(message.text());
    }

    String exchange(String message) throws IOException {
        return send(frame(message)).answer();
    }

    /** The next answer, without its frame. */
    String answer() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            if (c == 0x1C) {
                assertThat(in.read()).isEqualTo(0x0D);
                return text.toString(StandardCharsets.UTF_8);
            }
            if (c != 0x0B) {
                text.write(c);
            }
        }
        throw new AssertionError("the connection was closed after '" + text + "'");
    }

    /** Waits until the other side closed; what it still sent is thrown away. */
    void awaitClosed() throws IOException {
        try {
            while (in.read() >= 0) {
                // Until the end.
            }
        } catch (SocketException reset) {
            // Closed with bytes of ours unread.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
