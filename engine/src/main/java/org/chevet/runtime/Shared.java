package org.chevet.runtime;

import java.util.function.Consumer;
import org.chevet.journal.EncodedBatch;

/**
 * What a writer is given when other members may write its hospital too, one at a time.
 *
 * @param start the state to go on from
 * @param durable told each batch once it is durable, in order, on the journal's thread: must not block
 */
record Shared(Replica start, Consumer<EncodedBatch> durable) {}
