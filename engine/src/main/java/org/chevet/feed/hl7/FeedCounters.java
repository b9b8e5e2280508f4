package org.chevet.feed.hl7;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Pattern;
import org.chevet.feed.FeedCounts;
import org.chevet.feed.FeedCounts.Ignored;
import org.chevet.runtime.Answer;

/** Counts what becomes of a feed's messages. Thread-safe. */
final class FeedCounters {
    /** MSH-9 may hold anything; a label may not. */
    private static final Pattern TRIGGER = Pattern.compile("[A-Z][A-Z0-9]{2}");

    private final LongAdder received = new LongAdder();
    private final LongAdder applied = new LongAdder();
    private final LongAdder duplicates = new LongAdder();
    private final LongAdder quarantined = new LongAdder();
    private final Map<Ignored, Long> ignored = new EnumMap<>(Ignored.class);
    private final Map<String, Long> unknownTriggers = new HashMap<>();

    void received() {
        received.increment();
    }

    void applied(Answer.Done done) {
        applied.increment();
        if (done.repeated()) {
            duplicates.increment();
        }
    }

    void quarantined() {
        quarantined.increment();
    }

    synchronized void ignored(Ignored why, String trigger) {
        ignored.merge(why, 1L, Long::sum);
        if (why == Ignored.UNKNOWN_TRIGGER) {
            boolean named = unknownTriggers.containsKey(trigger)
                    || unknownTriggers.size() < FeedCounts.TRIGGERS_MAX
                            && TRIGGER.matcher(trigger).matches();
            unknownTriggers.merge(named ? trigger : FeedCounts.OTHER_TRIGGERS, 1L, Long::sum);
        }
    }

    synchronized FeedCounts counts() {
        return new FeedCounts(
                received.sum(), applied.sum(), duplicates.sum(), ignored, quarantined.sum(), unknownTriggers);
    }
}
