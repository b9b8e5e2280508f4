package org.chevet.runtime;

import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * A hospital of this process as the courier knows it.
 *
 * @param isWrittenHere whether this process writes it, and so carries what it has to say
 * @param taking has something done by whoever writes it, once for one key; never blocks
 */
record TransferDoor(
        HospitalAccess hospital,
        BooleanSupplier isWrittenHere,
        Function<Submission, CompletableFuture<Answer>> taking) {

    CompletableFuture<Answer> take(Submission submission) {
        return taking.apply(submission);
    }
}
