package org.chevet.cluster;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * How members speak with each other. Anything said may be lost, late or, where it was said again, heard twice; between two
 * members what is heard is heard in the order in which it was said. Thread-safe; nothing here blocks.
 */
public interface Messenger {
    /** Answers questions of other members. Called on a thread that must not be blocked. */
    interface Respondent {
        CompletionStage<byte[]> answer(byte[] question);
    }

    /** Hears what other members tell. Called on a thread that must not be blocked. */
    interface Listener {
        void heard(byte[] news);
    }

    /** Completed exceptionally when there is no answer in time: whether the question was heard is then not known. */
    CompletableFuture<byte[]> ask(MemberId member, String subject, byte[] question, Duration timeMax);

    /** Tells all other members that listen. */
    void tell(String subject, byte[] news);

    /** Answers what this member is asked on a subject, until what is returned is closed. */
    AutoCloseable respond(String subject, Respondent respondent);

    /** Listens to what others tell on a subject, until what is returned is closed. */
    AutoCloseable listen(String subject, Listener listener);
}
