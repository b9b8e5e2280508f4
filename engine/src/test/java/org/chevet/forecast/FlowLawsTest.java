package org.chevet.forecast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;
import org.junit.jupiter.api.Test;

class FlowLawsTest {
    private static final int EMERGENCY = 0;
    private static final int MEDICINE = 1;
    private static final int SURGERY = 2;
    private static final SimulatedJournal JOURNAL = journal();

    private static SimulatedJournal journal() {
        SimulatedJournal journal = new SimulatedJournal(7);
        journal.live(24 * 60);
        return journal;
    }

    private static FlowLaws laws(WhatIf.Change... changes) {
        Occupancy occupancy = new Occupancy();
        FlowHistory history = new FlowHistory(null);
        JOURNAL.events().forEach(recorded -> {
            occupancy.apply(recorded);
            history.learn(recorded);
        });
        history.advance(JOURNAL.now());
        HospitalView view = occupancy.view();
        return FlowLaws.of(view, history, JOURNAL.now(), List.of(WhatIf.NOTHING, new WhatIf(List.of(changes))));
    }

    private static WhatIf.Change change(
            ServiceId service, int beds, int electives, int discharges, int influx, int hours) {
        return new WhatIf.Change(service, beds, electives, discharges, influx, hours);
    }

    @Test
    void shouldTellWhatTheJournalWasMadeBy() {
        FlowLaws laws = laws();

        FlowLaws.OfService emergency = laws.services().get(EMERGENCY);
        assertThat(Arrays.stream(emergency.coming()).limit(24).sum()).isCloseTo(24, within(5.0));
        assertThat(emergency.dispersion()).isBetween(1.0, 2.0);
        assertThat(emergency.routes()[MEDICINE]).isCloseTo(0.5, within(0.07));
        double leaves = IntStream.range(100, 124)
                        .mapToDouble(hour -> laws.services().get(MEDICINE).leaves(200, hour))
                        .sum()
                / 24;
        assertThat(leaves).isCloseTo(0.01, within(0.003));
        assertThat(laws.here()).allSatisfy(here -> {
            for (int hour = 1; hour < FlowLaws.HOURS; hour++) {
                assertThat(here.still()[hour]).isBetween(0f, here.still()[hour - 1]);
            }
        });
        assertThat(laws.awaited()).extracting(FlowLaws.Awaited::service).containsOnly(SURGERY);
        assertThat(laws.awaited())
                .as("nine in ten come, and hardly anybody who is late")
                .extracting(awaited -> awaited.come()[FlowLaws.HOURS - 1])
                .allMatch(comes -> comes < 0.1f || comes > 0.8f)
                .filteredOn(comes -> comes > 0.8f)
                .hasSizeGreaterThan(5);
    }

    @Test
    void shouldPlanWhatIsAskedForAndLeaveEveryLawAsItIs() {
        FlowLaws laws = laws(
                change(SimulatedJournal.MEDICINE, -70, 0, 0, 0, 1),
                change(SimulatedJournal.MEDICINE, 15, 0, 0, 0, 1),
                change(SimulatedJournal.SURGERY, 2, 3, 4, 0, 1),
                change(SimulatedJournal.EMERGENCY, 0, 0, 0, 10, 4));

        FlowLaws.Plan without = laws.plans().get(0);
        FlowLaws.Plan with = laws.plans().get(1);
        assertThat(without.beds()).containsExactly(10, 60, 20, 5);
        assertThat(with.beds()).containsExactly(10, 5, 22, 5);
        assertThat(without.cancelled()).containsOnly(false);
        assertThat(count(with.cancelled())).isEqualTo(3);
        assertThat(without.goneWithin()).containsOnly(Integer.MAX_VALUE);
        assertThat(Arrays.stream(with.goneWithin()).filter(hours -> hours == WhatIf.EARLY_HOURS))
                .hasSize(4);
        assertThat(Arrays.copyOf(with.influx()[EMERGENCY], 6)).containsExactly(2, 3, 2, 3, 0, 0);
        assertThat(Arrays.stream(without.influx()).flatMapToInt(Arrays::stream)).containsOnly(0);
        FlowLaws unasked = laws();
        assertThat(laws.services()).usingRecursiveComparison().isEqualTo(unasked.services());
        assertThat(laws.here()).usingRecursiveComparison().isEqualTo(unasked.here());
        assertThat(laws.awaited()).usingRecursiveComparison().isEqualTo(unasked.awaited());
    }

    private static int count(boolean[] flags) {
        int count = 0;
        for (boolean flag : flags) {
            count += flag ? 1 : 0;
        }
        return count;
    }
}
