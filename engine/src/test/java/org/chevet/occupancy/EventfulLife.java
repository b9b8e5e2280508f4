package org.chevet.occupancy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.chevet.event.Command;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.Recorded;
import org.chevet.hospital.BedId;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.Sex;

/** The journal of a small hospital to which everything happens. */
public final class EventfulLife {
    private static final List<String> CLOSING = List.of("301", "302", "303");
    private static final List<String> FAILING = List.of("201P", "201F");

    private EventfulLife() {}

    /** The same for the same seed, until the traffic or the decisions change. */
    public static List<Recorded> journal(long seed, int commands) {
        return List.copyOf(live(seed, commands).journal);
    }

    /**
     * In whose drill, which must have begun, a ward is closed and opened again, then closed once more, and power fails: such beds are rarely
     * free when it happens by chance.
     */
    public static List<Recorded> journalOfInjects(long seed, int commands) {
        Ward ward = live(seed, commands);
        CLOSING.forEach(bed -> free(bed, ward));
        FAILING.forEach(bed -> free(bed, ward));
        ward.admit("G1", Sex.FEMALE, "301").admit("G2", Sex.FEMALE, "201P");

        happens("G1", InjectKind.WARD_CLOSED, "REA", ward);
        ward.accepted(Ward.discharge("G1"));
        ward.accepted(new Command.CloseBed(new BedId("301")));
        ward.accepted(new Command.OpenBed(new BedId("302")));
        ward.accepted(new Command.EndInject("G1"));
        happens("G2", InjectKind.WARD_CLOSED, "REA", ward);
        happens("G3", InjectKind.OUTAGE, "PED", ward);
        return List.copyOf(ward.journal);
    }

    private static Ward live(long seed, int commands) {
        RandomTraffic traffic = new RandomTraffic(seed);
        Ward ward = new Ward();
        ward.check = RandomTraffic.CHECK;
        for (int i = 0; i < commands; i++) {
            ward.pass(traffic.pause());
            ward.run(traffic.next(ward));
        }
        return ward;
    }

    /** Whatever of it is needed. */
    private static void free(String bed, Ward ward) {
        BedId id = new BedId(bed);
        ward.bed(bed).occupants().forEach(stay -> ward.run(Ward.discharge(stay.value())));
        List.of(
                        new Command.ReleaseReservation(id),
                        new Command.OpenBed(id),
                        new Command.UnblockBed(id),
                        new Command.StartCleaning(id),
                        new Command.FinishCleaning(id))
                .forEach(ward::run);
    }

    private static void happens(String id, InjectKind kind, String service, Ward ward) {
        ward.accepted(new Command.PlanInject(
                new Inject(id, ward.now, kind, "vu", new ServiceId(service), null, null, null, 90)));
        ward.accepted(new Command.CompleteInject(id));
        assertThat(Objects.requireNonNull(
                                Objects.requireNonNull(ward.occupancy.view().drill())
                                        .inject(id))
                        .effect())
                .isNotNull()
                .matches(effect -> !effect.beds().isEmpty());
    }
}
