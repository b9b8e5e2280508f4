package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** A WebSocket that sends frames no browser would, and reads when it is told to. */
final class RawWebSocket implements AutoCloseable {
    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int PONG = 10;
    static final int FINAL = 0x80;

    /** @param opcode with {@link #FINAL} when it is the message's last */
    record Frame(int opcode, byte[] payload) {
        int type() {
            return opcode & 0x0F;
        }

        /** Of a close frame. */
        int closeStatus() {
            return (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
        }
    }

    private final RawConnection connection;

    RawWebSocket(int port) throws IOException {
        this(port, RunningServer.HOSPITAL);
    }

    RawWebSocket(int port, String hospital) throws IOException {
        connection = new RawConnection(port);
        connection.send(RawConnection.get(
                hospital + "/live",
                "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"));
        assertThat(connection.head()).startsWith("HTTP/1.1 101");
    }

    /** Sends a masked frame, as clients must. */
    void send(int opcode, byte[] payload) throws IOException {
        connection.send(frame(opcode, payload, payload.length, true));
    }

    void send(int opcode, String text) throws IOException {
        send(opcode, text.getBytes(StandardCharsets.UTF_8));
    }

    void sendRaw(byte[] bytes) throws IOException {
        connection.send(bytes);
    }

    /** @param lengthSaid what the frame's head says, true or not */
    static byte[] frame(int opcode, byte[] payload, long lengthSaid, boolean masked) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream();
        int mask = masked ? 0x80 : 0;
        frame.write(opcode);
        if (lengthSaid < 126) {
            frame.write(mask | (int) lengthSaid);
        } else if (lengthSaid < 1 << 16) {
            frame.write(mask | 126);
            frame.write((int) lengthSaid >> 8);
            frame.write((int) lengthSaid);
        } else {
            frame.write(mask | 127);
            for (int shift = 56; shift >= 0; shift -= 8) {
                frame.write((int) (lengthSaid >> shift));
            }
        }
        if (masked) {
            frame.writeBytes(new byte[4]);
        }
        frame.writeBytes(payload);
        return frame.toByteArray();
    }

    Frame read() throws IOException {
        InputStream in = connection.in();
        int opcode = in.read();
        int length = in.read();
        if (opcode < 0 || length < 0) {
            throw new EOFException("the server closed the connection");
        }
        long size = length;
        if (length >= 126) {
            size = 0;
            for (byte part : in.readNBytes(length == 126 ? 2 : 8)) {
                size = size << 8 | part & 0xFF;
            }
        }
        Frame frame = new Frame(opcode, in.readNBytes((int) size));
        if (frame.type() == PING) {
            send(FINAL | PONG, frame.payload());
        }
        return frame;
    }

    /** The next whole text; pings and pongs are passed over. */
    String readText() throws IOException {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        while (true) {
            Frame frame = read();
            if (frame.type() == CLOSE) {
                throw new EOFException("the server closed with " + frame.closeStatus());
            }
            if (frame.type() <= BINARY) {
                message.writeBytes(frame.payload());
                if ((frame.opcode() & FINAL) != 0) {
                    return message.toString(StandardCharsets.UTF_8);
                }
            }
        }
    }

    /** With what status the server closes; 0 when it only cuts. */
    int closeStatus() throws IOException {
        try {
            while (true) {
                Frame frame = read();
                if (frame.type() == CLOSE) {
                    return frame.closeStatus();
                }
            }
        } catch (SocketTimeoutException open) {
            throw new AssertionError("the server does not close", open);
        } catch (IOException cut) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }
}
