package org.chevet.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What somebody waits to be told about. */
record Pending(Submission submission, CompletableFuture<Answer> answer) {
    /** What follows an answer must not hold up the journal. */
    private static final Executor ANSWERING = Thread::startVirtualThread;

    Pending(Submission submission) {
        this(submission, new CompletableFuture<>());
    }

    void answer(Answer given) {
        answer.completeAsync(() -> given, ANSWERING);
    }

    /** Its writer has given the hospital up; nothing of this was done by it. */
    void handBack() {
        ANSWERING.execute(() -> answer.completeExceptionally(new WriterGoneException()));
    }
}
