package org.chevet.simulations.demo;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One MLLP connection, as a hospital's interface engine has it: a message at a time, sent again until it is acknowledged. One thread
 * at a time.
 */
final class MllpClient implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MllpClient.class);

    private static final int START = 0x0B;
    private static final int END = 0x1C;
    private static final int CARRIAGE_RETURN = 0x0D;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;
    private static final int ANSWER_TIMEOUT_MILLIS = 30_000;
    private static final int ACKNOWLEDGEMENT_BYTES_MAX = 64 * 1024;
    private static final Duration PATIENCE_MIN = Duration.ofMillis(100);
    private static final Duration PATIENCE_MAX = Duration.ofSeconds(5);

    private final InetSocketAddress door;
    private final CountDownLatch stopping;
    private @Nullable Socket socket;

    /** @param stopping counted down when nothing is to be sent any more */
    MllpClient(InetSocketAddress door, CountDownLatch stopping) {
        this.door = door;
        this.stopping = stopping;
    }

    /** Connects ahead of the first message. What fails now is tried again with it. */
    void connect() {
        try {
            connected();
        } catch (IOException e) {
            LOG.info("no connection to {} yet, will try again: {}", door, e.toString());
        }
    }

    /**
     * Sends until the receiver has it, whether it likes it (AA) or not (AE).
     *
     * @return false when stopped before that
     */
    boolean deliver(String message) throws InterruptedException {
        byte[] payload = message.getBytes(StandardCharsets.UTF_8);
        Duration patience = PATIENCE_MIN;
        while (stopping.getCount() > 0) {
            try {
                if (isTaken(exchange(payload))) {
                    return true;
                }
            } catch (IOException e) {
                LOG.info("connection to {} lost, will try again: {}", door, e.toString());
                disconnect();
            }
            if (stopping.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return false;
            }
            patience = patience.multipliedBy(2).compareTo(PATIENCE_MAX) < 0 ? patience.multipliedBy(2) : PATIENCE_MAX;
        }
        return false;
    }

    /** AR and CR ask for the message again; every other code means that it is in good hands. */
    static boolean isTaken(String acknowledgement) {
        for (String segment : acknowledgement.split("\r")) {
            if (segment.startsWith("MSA|")) {
                return !segment.startsWith("MSA|AR") && !segment.startsWith("MSA|CR");
            }
        }
        return false;
    }

    private String exchange(byte[] payload) throws IOException {
        Socket connected = connected();
        OutputStream out = connected.getOutputStream();
        ByteArrayOutputStream frame = new ByteArrayOutputStream(payload.length + 3);
        frame.write(START);
        frame.writeBytes(payload);
        frame.write(END);
        frame.write(CARRIAGE_RETURN);
        out.write(frame.toByteArray());
        out.flush();
        return readFrame(connected.getInputStream());
    }

    private static String readFrame(InputStream in) throws IOException {
        BufferedInputStream bytes = new BufferedInputStream(in);
        int next = bytes.read();
        while (next != START) {
            if (next < 0) {
                throw new EOFException("closed before the acknowledgement");
            }
            next = bytes.read();
        }
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        for (next = bytes.read(); next != END; next = bytes.read()) {
            if (next < 0 || payload.size() == ACKNOWLEDGEMENT_BYTES_MAX) {
                throw new EOFException("an acknowledgement without an end after " + payload.size() + " bytes");
            }
            payload.write(next);
        }
        if (bytes.read() != CARRIAGE_RETURN) {
            throw new IOException("an acknowledgement without its last carriage return");
        }
        return payload.toString(StandardCharsets.UTF_8);
    }

    private Socket connected() throws IOException {
        Socket current = socket;
        if (current != null) {
            return current;
        }
        Socket fresh = new Socket();
        try {
            fresh.connect(door, CONNECT_TIMEOUT_MILLIS);
            fresh.setSoTimeout(ANSWER_TIMEOUT_MILLIS);
            fresh.setTcpNoDelay(true);
        } catch (IOException e) {
            fresh.close();
            throw e;
        }
        socket = fresh;
        return fresh;
    }

    private void disconnect() {
        Socket current = socket;
        socket = null;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                LOG.debug("closing the connection to {}: {}", door, e.toString());
            }
        }
    }

    @Override
    public void close() {
        disconnect();
    }
}
