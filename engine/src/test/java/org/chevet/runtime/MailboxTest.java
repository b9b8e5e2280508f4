package org.chevet.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class MailboxTest {
    private final Mailbox<Integer> mailbox = new Mailbox<>(3);

    @Test
    void shouldTakeUpToItsLimitAndNoMore() {
        mailbox.offer(1);
        assertThat(mailbox.offer(2)).isTrue();
        assertThat(mailbox.offer(3)).isTrue();
        assertThat(mailbox.offer(4)).isFalse();
        assertThat(mailbox.size()).isEqualTo(3);

        assertThat(mailbox.drain(1)).containsExactly(1);
        assertThat(mailbox.offer(5)).isTrue();
        assertThat(mailbox.drain(10)).containsExactly(2, 3, 5);
    }

    @Test
    void shouldBeSpentOnceClosedAndEmpty() {
        mailbox.offer(1);
        mailbox.close();

        assertThat(mailbox.offer(2)).isFalse();
        assertThat(mailbox.isSpent()).isFalse();
        mailbox.await(Mailbox.FOREVER);
        assertThat(mailbox.drain(1)).containsExactly(1);
        assertThat(mailbox.isSpent()).isTrue();
        mailbox.await(Mailbox.FOREVER);
    }

    @Test
    void shouldNotMissAWakeThatCameBeforeTheWait() {
        mailbox.wake();
        mailbox.await(Mailbox.FOREVER);
    }

    @Test
    void shouldWaitNoLongerThanAsked() {
        mailbox.await(Duration.ofMillis(1));
        mailbox.await(Duration.ZERO);
    }
}
