package org.chevet.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows a board as a page does, connecting anew whenever it is cut off, until it is told to end: every patch follows what it has, and a
 * whole board is never older than what it was shown before.
 */
final class Watcher implements Runnable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int CONNECT_SECONDS_MAX = 5;

    private final Client client;
    private final PageBoard board = new PageBoard();
    private long shown = -1;
    private volatile boolean ending;

    Watcher(Client client) {
        this.client = client;
    }

    void end() {
        ending = true;
    }

    @Override
    public void run() {
        while (!ending) {
            LiveBoardTest.Page page = new LiveBoardTest.Page();
            try {
                WebSocket socket = client.follow(page)
                        .orTimeout(CONNECT_SECONDS_MAX, TimeUnit.SECONDS)
                        .join();
                follow(page, socket);
                socket.abort();
            } catch (CompletionException away) {
                LockSupport.parkNanos(LOOK_EVERY.toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void follow(LiveBoardTest.Page page, WebSocket socket) throws InterruptedException {
        while (!ending && !page.closed.isDone() && !socket.isInputClosed()) {
            JsonNode message = page.heard.poll(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            if (message != null) {
                take(message);
            }
        }
    }

    private void take(JsonNode message) {
        switch (message.path("type").asText()) {
            case "snapshot" -> board.applySnapshot(message);
            case "patch" ->
                assertThat(board.applyPatch(message))
                        .as("%s follows %d", message, board.sequence())
                        .isTrue();
            default -> {
                return;
            }
        }
        assertThat(board.sequence()).as("shown").isGreaterThanOrEqualTo(shown);
        shown = board.sequence();
    }
}
