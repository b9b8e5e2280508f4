package org.chevet.simulations.policy;

import java.time.*;
import java.util.*;
import org.chevet.hospital.*;
import org.chevet.occupancy.*;
import org.chevet.simulations.demo.DemoLayout;

@SuppressWarnings("NullAway") public final class Smoke {
    public static void main(String[] a) {
        Hospital h = DemoLayout.read();
        LocalDate first = LocalDate.of(2026, 1, 5);
        for (double load : new double[] {0.85, 0.95}) {
            List<Arrival> arrivals = Demand.of(h, first, 35, load, 1);
            Instant begin = first.atStartOfDay(h.zone()).toInstant();
            long t = System.nanoTime();
            Outcome o = SimulatedWeeks.run(
                    h,
                    arrivals,
                    new BedPolicy() {
                        public String name() {
                            return "smoke";
                        }

                        public List<Choice> choose(HospitalView v, Instant now) {
                            List<Choice> r = new ArrayList<>();
                            for (var q : v.requests()) {
                                if (q.bed() != null) continue;
                                for (var s : v.services()) {
                                    if (!s.service()
                                            .specialties()
                                            .contains(q.request().needs().specialty())) continue;
                                    if (!s.service()
                                            .ages()
                                            .contains(q.request().needs().ageYears())) continue;
                                    for (var b : s.beds())
                                        if (b.status().state() == BedState.READY) {
                                            r.add(new Choice(
                                                    q.request().stay(),
                                                    b.bed().id(),
                                                    q.request().id()));
                                            return r.isEmpty() ? r : List.of(r.getFirst());
                                        }
                                }
                            }
                            return r;
                        }
                    },
                    begin.plus(Duration.ofDays(21)),
                    begin.plus(Duration.ofDays(35)),
                    1);
            System.out.println(load + " arrivals " + arrivals.size() + " placed " + o.placed + " refused " + o.refused
                    + " rules " + o.refusedByTheRules + " wait2 " + o.meanWaitHours(2) + " w4 " + o.meanWaitHours(4)
                    + " days " + o.patientDays + " " + (System.nanoTime() - t) / 1e9);
        }
    }
}
