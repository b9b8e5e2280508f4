package org.chevet.runtime;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.jspecify.annotations.Nullable;

/** What somebody waits to be told about. */
record Pending(
        List<? extends Command> commands,
        Origin origin,
        @Nullable String key,
        CompletableFuture<Answer> answer) {
    /** What follows an answer must not hold up the journal. */
    private static final Executor ANSWERING = Thread::startVirtualThread;

    Pending(List<? extends Command> commands, Origin origin, @Nullable String key) {
        this(commands, origin, key, new CompletableFuture<>());
    }

    void answer(Answer given) {
        answer.completeAsync(() -> given, ANSWERING);
    }

    /** What was asked, without what it says. */
    String kinds() {
        return commands.stream()
                .map(command -> command.getClass().getSimpleName())
                .toList()
                .toString();
    }
}
