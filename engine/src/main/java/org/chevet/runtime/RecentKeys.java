package org.chevet.runtime;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chevet.journal.Journal;
import org.jspecify.annotations.Nullable;

/**
 * What became of the acts that came with an idempotency key, the least recently used forgotten first. It is a window and
 * not a unique key of the journal, because some systems use their control numbers again after months. Belongs to the
 * writer's thread.
 */
final class RecentKeys {
    private final Map<String, Answer.Done> answers;

    RecentKeys(int keysMax) {
        answers = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Answer.Done> eldest) {
                return size() > keysMax;
            }
        };
    }

    Answer.@Nullable Done find(@Nullable String key) {
        return key == null ? null : answers.get(key);
    }

    void remember(@Nullable String key, Answer.Done answer) {
        if (key != null) {
            answers.put(key, new Answer.Done(answer.act(), answer.sequence(), true));
        }
    }

    /** Forgets what was not durable. */
    void refill(List<Journal.KeyedAct> acts) {
        answers.clear();
        acts.forEach(act -> remember(act.idempotencyKey(), new Answer.Done(act.act(), act.sequence(), true)));
    }
}
