package org.chevet.simulations.benchmark;

import java.lang.ref.Reference;
import java.util.Locale;
import org.chevet.event.BedEvent;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.event.Recorded;
import org.chevet.hospital.Hospital;
import org.chevet.occupancy.Decision;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.Occupancy;

/**
 * What the live state takes in memory: per bed beside the hospital's own definition, while all are empty; and per present stay
 * once they are full, its part of the last view included. The heap is measured after full collections, so run it with enough
 * of it: some 2 KB per bed.
 *
 * <p>{@code mvn -q compile exec:exec@figure -Dfigure=Memory -Dfigure.args="400000"}: the number of beds, which is the default.
 */
public final class MemoryFigure {
    private static final int BEDS_BY_DEFAULT = 400_000;
    private static final int COLLECTIONS = 4;
    private static final Origin FEED = new Origin.Feed("figure", "1");

    private MemoryFigure() {}

    public static void main(String[] args) {
        int beds = args.length > 0 ? Integer.parseInt(args[0]) : BEDS_BY_DEFAULT;
        Hospital hospital = GeneratedLayout.ofBeds(beds);
        long defined = usedBytes();
        Occupancy occupancy = new Occupancy();
        run(occupancy, new Command.DefineHospital(hospital), new GeneratedTraffic(hospital));
        HospitalView empty = occupancy.view();
        long perBed = (usedBytes() - defined) / beds;
        Reference.reachabilityFence(empty);

        long before = usedBytes();
        fill(occupancy, hospital);
        HospitalView full = occupancy.view();
        long stays = full.census().present();
        long perStay = (usedBytes() - before) / stays;
        System.out.println(String.format(
                Locale.ROOT,
                "%,d beds: %,d B per bed beside the layout; %,d stays present: %,d B each",
                beds,
                perBed,
                stays,
                perStay));
        Reference.reachabilityFence(hospital);
        Reference.reachabilityFence(occupancy);
        Reference.reachabilityFence(full);
    }

    /** The traffic's own memory is gone on return. */
    private static void fill(Occupancy occupancy, Hospital hospital) {
        GeneratedTraffic traffic = new GeneratedTraffic(hospital);
        while (!traffic.isFilled()) {
            run(occupancy, traffic.next(occupancy), traffic);
        }
    }

    private static void run(Occupancy occupancy, Command command, GeneratedTraffic traffic) {
        if (!(occupancy.decide(command, traffic.now()) instanceof Decision.Accepted accepted)) {
            throw new IllegalStateException("a fact was refused");
        }
        for (BedEvent event : accepted.events()) {
            long sequence = occupancy.sequence() + 1;
            occupancy.apply(new Recorded(sequence, sequence, traffic.now(), FEED, event));
        }
    }

    private static long usedBytes() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
