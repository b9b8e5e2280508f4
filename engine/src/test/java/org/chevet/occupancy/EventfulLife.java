package org.chevet.occupancy;

import java.util.List;
import org.chevet.event.Recorded;

/** The journal of a small hospital to which everything happens. */
public final class EventfulLife {
    private EventfulLife() {}

    /** The same for the same seed, until the traffic or the decisions change. */
    public static List<Recorded> journal(long seed, int commands) {
        RandomTraffic traffic = new RandomTraffic(seed);
        Ward ward = new Ward();
        ward.check = RandomTraffic.CHECK;
        for (int i = 0; i < commands; i++) {
            ward.pass(traffic.pause());
            ward.run(traffic.next(ward));
        }
        return List.copyOf(ward.journal);
    }
}
