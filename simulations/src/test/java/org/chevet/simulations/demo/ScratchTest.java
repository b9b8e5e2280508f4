package org.chevet.simulations.demo;

import java.net.InetSocketAddress;
import java.nio.file.*;
import java.time.*;
import java.util.*;
import org.chevet.feed.hl7.*;
import org.chevet.hospital.*;
import org.chevet.journal.*;
import org.chevet.occupancy.*;
import org.chevet.runtime.*;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchTest {
    @Test
    void run(@TempDir Path dir) throws Exception {
        Hospital h = DemoLayout.read();
        Instant start = Demo.beginning(Instant.now(), h.zone());
        AdjustableClock clock = new AdjustableClock(start, 60);
        try (Journal journal = JdbcJournal.sqlite(dir); Engine engine = new Engine(journal)) {
            HospitalWriter w = engine.open(h, clock);
            clock.pause();
            AdtFeed adt = new AdtFeed("ADT", w, AdtFeedOptions.defaults());
            AdtFeed hk = new AdtFeed("BIONET", w, AdtFeedOptions.defaults());
            long t = System.nanoTime();
            final int[] n = {0};
            w.subscribe(v -> { });
            InetSocketAddress nowhere = new InetSocketAddress("127.0.0.1", 1);
            Demo d = Demo.start(w, clock, new Demo.Door(adt, nowhere), new Demo.Door(hk, nowhere), 1);
            d.close();
            System.out.println("ms " + (System.nanoTime() - t) / 1_000_000 + " seq " + w.view().sequence());
            System.out.println(adt.status() + "\n" + hk.status());
            HospitalView v = w.view();
            System.out.println(v.census() + " " + v.census().isConserved());
            long[] sum = new long[14];
            for (ServiceView s : v.services()) {
                Counts c = s.counts();
                System.out.printf("%-12s phys %3d open %3d staffed %3d occ %3d (%.2f) ready %2d resv %2d toclean %2d cleaning %2d blocked %2d closed %2d present %3d nobed %2d%n", s.service().id(), c.physical(), c.open(), c.staffed(), c.occupied(), c.occupied() / (double) c.staffed(), c.ready(), c.reserved(), c.toClean(), c.cleaning(), c.blocked(), c.closed(), c.present(), c.withoutBed());
                int[] x = {c.physical(), c.open(), c.staffed(), c.occupied(), c.ready(), c.reserved(), c.toClean(), c.cleaning(), c.blocked(), c.closed(), c.present(), c.withoutBed()};
                for (int i = 0; i < x.length; i++) sum[i] += x[i];
            }
            System.out.println(Arrays.toString(sum) + " elsewhere " + v.elsewhere().size());
            System.out.println("requests " + v.requests().size() + " reserved " + v.requests().stream().filter(r -> r.bed() != null).count());
            v.requests().stream().map(r -> r.request().origin() + " p" + r.request().priority() + " " + r.request().service() + " " + Duration.between(r.request().requestedAt(), clock.now()).toMinutes() + "m " + r.bed()).forEach(System.out::println);
            v.anomalies().forEach(System.out::println);
            v.quarantine().forEach(System.out::println);
            System.out.println("stays " + v.stays().size());
            Map<StayStatus, Integer> st = new TreeMap<>();
            v.stays().values().forEach(s -> st.merge(s.status(), 1, Integer::sum));
            System.out.println(st);
        }
    }
}
