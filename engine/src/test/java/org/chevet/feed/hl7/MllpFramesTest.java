package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MllpFramesTest {
    private static final String S = "\u000B";
    private static final String E = "\u001C\r";

    private final MllpFrames frames = new MllpFrames(10);

    @Test
    void shouldCutSeveralFramesOfOneChunk() {
        assertThat(offer(S + "one" + E + S + "two" + E)).containsExactly("one", "two");
        assertThat(frames.skippedBytes()).isZero();
    }

    @Test
    void shouldJoinAFrameThatComesByteByByte() {
        List<String> found = new ArrayList<>();
        for (char c : (S + "one" + E).toCharArray()) {
            found.addAll(offer(String.valueOf(c)));
        }
        assertThat(found).containsExactly("one");
    }

    @Test
    void shouldSkipAndCountWhatIsOutsideFrames() {
        assertThat(offer("noise" + S + "one" + E + "\r\nxx" + S + "two" + E)).containsExactly("one", "two");
        assertThat(frames.skippedBytes()).isEqualTo("noise".length() + "xx".length());
    }

    @Test
    void shouldDropAFrameThatBeginsAnewBeforeItsEnd() {
        assertThat(offer(S + "hal" + S + "whole" + E)).containsExactly("whole");
        assertThat(frames.skippedBytes()).isEqualTo(4);
    }

    @Test
    void shouldTakeAnEndByteWithoutCarriageReturnForContentUnlessAFrameFollows() {
        assertThat(offer(S + "a\u001Cb" + E)).containsExactly("a\u001Cb");
        assertThat(offer(S + "one\u001C" + S + "two" + E)).containsExactly("one", "two");
    }

    @Test
    void shouldKeepTheLimit() {
        assertThat(offer(S + "x".repeat(9) + E)).containsExactly("x".repeat(9));
        assertThat(offer(S + "x".repeat(10) + E)).containsExactly("x".repeat(10));
        frames.offer(bytes(S + "x".repeat(11) + E + S + "next" + E));
        MllpFrames.Frame oversized = frames.next();
        assertThat(oversized).isNotNull();
        assertThat(oversized.oversized()).isTrue();
        assertThat(oversized.length()).isEqualTo(11);
        assertThat(oversized.payload()).hasSize(10);
        MllpFrames.Frame next = frames.next();
        assertThat(next).isNotNull();
        assertThat(next.oversized()).isFalse();
        assertThat(next.payload()).asString(StandardCharsets.UTF_8).isEqualTo("next");
    }

    @Test
    void shouldFindTheSameFramesHoweverTheStreamIsCut() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            String payload = "m".repeat(random.nextInt(11));
            sent.add(payload);
            stream.writeBytes(bytes("n".repeat(random.nextInt(3)) + S + payload + E));
        }
        byte[] all = stream.toByteArray();
        List<String> found = new ArrayList<>();
        for (int at = 0; at < all.length; ) {
            int end = Math.min(all.length, at + 1 + random.nextInt(40));
            found.addAll(pull(java.util.Arrays.copyOfRange(all, at, end)));
            at = end;
        }
        assertThat(found).as("seed %d", seed).isEqualTo(sent);
    }

    private List<String> offer(String chunk) {
        return pull(bytes(chunk));
    }

    private List<String> pull(byte[] chunk) {
        frames.offer(chunk);
        List<String> found = new ArrayList<>();
        for (MllpFrames.Frame frame = frames.next(); frame != null; frame = frames.next()) {
            found.add(new String(frame.payload(), StandardCharsets.UTF_8));
        }
        return found;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
