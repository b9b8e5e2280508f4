package org.chevet.simulations.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Against a receiver that does as told: an answer for each message it gets, or none and a closed connection. */
class MllpClientTest {
    private static final String HANGS_UP = "";

    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private final ServerSocket receiver;

    MllpClientTest() throws IOException {
        receiver = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        receiver.close();
    }

    @Test
    void shouldSendAgainWhatIsRejected() throws InterruptedException {
        assertThat(deliver("MSA|AR|1", "MSA|AA|1")).isTrue();
        assertThat(received).containsExactly("MSH|é", "MSH|é");
    }

    @Test
    void shouldSendAgainWhenTheConnectionIsLost() throws InterruptedException {
        assertThat(deliver(HANGS_UP, HANGS_UP, "MSA|AA|1")).isTrue();
        assertThat(received).hasSize(3);
    }

    @Test
    void shouldNotSendAgainWhatIsKeptThoughNotUnderstood() throws InterruptedException {
        assertThat(deliver("MSA|AE|1")).isTrue();
        assertThat(received).hasSize(1);
    }

    @Test
    void shouldGiveUpWhenStopped() throws InterruptedException {
        stopping.countDown();
        assertThat(deliver()).isFalse();
        assertThat(received).isEmpty();
    }

    private boolean deliver(String... answers) throws InterruptedException {
        Thread answering = Thread.startVirtualThread(() -> answer(List.of(answers)));
        try (MllpClient client =
                new MllpClient(new InetSocketAddress(receiver.getInetAddress(), receiver.getLocalPort()), stopping)) {
            boolean delivered = client.deliver("MSH|é");
            answering.interrupt();
            return delivered;
        }
    }

    private void answer(List<String> answers) {
        List<String> left = new ArrayList<>(answers);
        while (!left.isEmpty()) {
            try (Socket socket = receiver.accept()) {
                String answer = "next";
                while (!left.isEmpty() && !answer.equals(HANGS_UP)) {
                    received.add(readFrame(socket.getInputStream()));
                    answer = left.removeFirst();
                    if (!answer.equals(HANGS_UP)) {
                        byte[] frame = ("\u000bMSH|^~\\&\r" + answer + "\r\u001c\r").getBytes(StandardCharsets.UTF_8);
                        socket.getOutputStream().write(frame);
                    }
                }
            } catch (IOException e) {
                return;
            }
        }
    }

    private static String readFrame(InputStream in) throws IOException {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        int next = in.read();
        while (next >= 0 && next != '\r') {
            if (next != 0x0B && next != 0x1C) {
                payload.write(next);
            }
            next = in.read();
        }
        return payload.toString(StandardCharsets.UTF_8);
    }
}
