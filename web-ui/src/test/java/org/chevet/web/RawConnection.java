package org.chevet.web;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** A socket that says to the server what no HTTP client would. */
final class RawConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Socket socket;

    RawConnection(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /** @param headers lines with their ends */
    static String get(String path, String headers) {
        return "GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n" + headers + "\r\n";
    }

    /** @param headers lines with their ends */
    static String act(String act, String headers) {
        return "POST " + RunningServer.HOSPITAL + "/acts/" + act + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                + "Content-Type: application/json\r\n" + ActorHandler.HEADER + ": " + RunningServer.ACTOR + "\r\n"
                + headers + "\r\n";
    }

    RawConnection send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawConnection send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    InputStream in() throws IOException {
        return socket.getInputStream();
    }

    /** The status of the next answer, whose body is read; 0 when the server closed instead. */
    int status() throws IOException {
        String head = head();
        if (head.isEmpty()) {
            return 0;
        }
        int status = Integer.parseInt(head.substring(9, 12));
        String lower = head.toLowerCase(Locale.ROOT);
        int length = lower.indexOf("content-length: ");
        if (length >= 0 && status != 304) {
            int end = lower.indexOf("\r\n", length);
            in().readNBytes(Integer.parseInt(lower.substring(length + 16, end).strip()));
        }
        return status;
    }

    /** The next answer up to its body; empty when the server closed instead. */
    String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        try {
            while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
                int next = in().read();
                if (next < 0) {
                    return "";
                }
                head.write(next);
            }
        } catch (SocketTimeoutException silent) {
            throw new AssertionError("no answer within " + PATIENCE + " but: " + head, silent);
        } catch (IOException reset) {
            return "";
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Whether the server closes, whatever it says before. */
    boolean isClosed() throws IOException {
        try {
            while (in().read() >= 0) {
                // Read on to its end.
            }
            return true;
        } catch (SocketTimeoutException open) {
            return false;
        } catch (IOException reset) {
            return true;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
