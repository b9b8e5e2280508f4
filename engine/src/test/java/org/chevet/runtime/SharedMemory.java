package org.chevet.runtime;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.chevet.event.PastDay;
import org.chevet.event.PastStretch;
import org.chevet.event.Recorded;
import org.chevet.hospital.HospitalId;
import org.chevet.journal.EncodedBatch;
import org.chevet.journal.EventFormat;
import org.chevet.journal.Journal;
import org.chevet.journal.JournalConflictException;
import org.chevet.journal.JournalException;
import org.jspecify.annotations.Nullable;

/** A database that several members reach, each through a journal of its own that a test can cut off. */
final class SharedMemory {
    private final Map<HospitalId, List<Journal.Entry>> events = new TreeMap<>();

    /** All there is of a hospital. */
    synchronized List<Journal.Entry> all(HospitalId hospital) {
        return List.copyOf(events.getOrDefault(hospital, List.of()));
    }

    private synchronized void append(List<Journal.Batch> batches) {
        Map<HospitalId, Long> last = new HashMap<>();
        for (Journal.Batch batch : batches) {
            long before = last.getOrDefault(
                    batch.hospital(), (long) all(batch.hospital()).size());
            long first = batch.entries().getFirst().recorded().sequence();
            if (first <= before) {
                throw new JournalConflictException(batch.hospital(), first, "memory");
            }
            if (first > before + 1) {
                throw new IllegalStateException("event " + first + " does not follow " + before);
            }
            last.put(batch.hospital(), batch.entries().getLast().recorded().sequence());
        }
        for (Journal.Batch batch : batches) {
            events.computeIfAbsent(batch.hospital(), id -> new ArrayList<>()).addAll(batch.entries());
        }
    }

    /** One member's way to it. */
    final class Door implements Journal {
        /** Whether it is cut off. */
        volatile boolean cut;

        /** Has a permit for each verification that began. */
        final Semaphore verification = new Semaphore(0);

        /** Once it is down, verifications find damage. */
        final CountDownLatch damaged = new CountDownLatch(1);

        /** What is appended waits until it is down. */
        volatile CountDownLatch appendable = new CountDownLatch(0);

        /** Whether its member does not see at a glance what others wrote. */
        volatile boolean blind;

        /** How often it was asked of all hospitals. */
        final AtomicInteger looks = new AtomicInteger();

        /** How often it was asked of one. */
        final AtomicInteger reads = new AtomicInteger();

        private static void await(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void check() {
            if (cut) {
                throw new JournalException("the test's database is away", "Wait for the test.", null);
            }
        }

        @Override
        public EncodedBatch encode(Batch batch) {
            return EventFormat.CURRENT.encode(batch);
        }

        @Override
        public void appendEncoded(List<EncodedBatch> batches) {
            await(appendable);
            check();
            SharedMemory.this.append(batches.stream()
                    .map(batch -> new Batch(
                            batch.hospital(),
                            batch.events().stream()
                                    .map(EventFormat.CURRENT::decode)
                                    .toList()))
                    .toList());
            // Cut in between, nobody knows whether it was written.
            check();
        }

        @Override
        public Map<HospitalId, Long> lastSequences() {
            check();
            looks.incrementAndGet();
            if (blind) {
                return Map.of();
            }
            synchronized (SharedMemory.this) {
                Map<HospitalId, Long> last = new TreeMap<>();
                events.forEach((hospital, entries) -> last.put(hospital, (long) entries.size()));
                return last;
            }
        }

        @Override
        public void verify(HospitalId hospital, long afterSequence, long upToSequence) {
            verification.release();
            await(damaged);
            throw new JournalException("an event is damaged", "Wait for the test.", null);
        }

        @Override
        public void read(HospitalId hospital, long afterSequence, long upToSequence, Consumer<Recorded> reader) {
            readEntries(hospital, afterSequence, entry -> {
                if (entry.recorded().sequence() <= upToSequence) {
                    reader.accept(entry.recorded());
                }
            });
        }

        @Override
        public void forgetDrill(HospitalId drill) {
            throw new UnsupportedOperationException("no drill is shared");
        }

        @Override
        public void readEntries(HospitalId hospital, long afterSequence, Consumer<Entry> reader) {
            check();
            reads.incrementAndGet();
            List<Entry> all = all(hospital);
            all.subList((int) Math.min(all.size(), afterSequence), all.size()).forEach(reader);
        }

        @Override
        public @Nullable Recorded find(HospitalId hospital, long sequence) {
            check();
            List<Entry> all = all(hospital);
            return sequence < 1 || sequence > all.size()
                    ? null
                    : all.get((int) sequence - 1).recorded();
        }

        @Override
        public long lastSequence(HospitalId hospital) {
            check();
            reads.incrementAndGet();
            return all(hospital).size();
        }

        @Override
        public List<KeyedAct> recentKeyedActs(HospitalId hospital, int countMax) {
            check();
            List<KeyedAct> acts = new ArrayList<>();
            for (Entry entry : all(hospital)) {
                String key = entry.idempotencyKey();
                if (key != null) {
                    acts.add(new KeyedAct(
                            key, entry.recorded().act(), entry.recorded().sequence()));
                }
            }
            return acts.subList(Math.max(0, acts.size() - countMax), acts.size());
        }

        @Override
        public void saveSnapshot(Snapshot snapshot) {
            check();
        }

        @Override
        public List<Snapshot> snapshots(HospitalId hospital) {
            check();
            return List.of();
        }

        @Override
        public @Nullable Past past(HospitalId hospital) {
            check();
            return null;
        }

        @Override
        public void readPastStays(HospitalId hospital, Consumer<PastStretch> reader) {
            check();
        }

        @Override
        public void readPastCensus(HospitalId hospital, Consumer<PastDay> reader) {
            check();
        }

        @Override
        public void probe() {
            check();
        }

        @Override
        public void close() {}
    }
}
