package org.chevet.occupancy;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.chevet.event.Anomaly;
import org.chevet.event.BedRequest;
import org.chevet.event.Recorded;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * The whole live state as data: what a snapshot keeps and the digest is computed from. Lists are in a fixed order, so equal
 * states are equal records.
 *
 * @param hospital null before the first event only
 * @param recentActs events of the last acts by people, for undo
 * @param persons the one recorded about the longest ago first
 * @param transfers between this hospital and others, the one that began first here first
 * @param tallies by service, kind and reason
 * @param crisis null while nobody did anything about tension
 * @param drill null for a hospital that is real
 */
public record OccupancyState(
        long sequence,
        Instant recordedAt,
        @Nullable Hospital hospital,
        Census census,
        List<BedStatus> beds,
        List<Staffing> staffing,
        List<Stay> stays,
        List<BedRequest> requests,
        List<Anomaly> anomalies,
        List<HospitalView.QuarantineEntry> quarantine,
        List<Recorded> recentActs,
        @AddedLater @Nullable List<Person> persons,
        @AddedLater @Nullable List<InterhospitalTransfer> transfers,
        @AddedLater @Nullable List<Tally> tallies,
        @AddedLater @Nullable CrisisLog crisis,
        @AddedLater @Nullable DrillLog drill) {
    /** @param beds beds the present staff can look after */
    public record Staffing(ServiceId service, int beds) {}

    public OccupancyState {
        beds = List.copyOf(beds);
        staffing = List.copyOf(staffing);
        stays = List.copyOf(stays);
        requests = List.copyOf(requests);
        anomalies = List.copyOf(anomalies);
        quarantine = List.copyOf(quarantine);
        recentActs = List.copyOf(recentActs);
        // A snapshot of a former release has none, and is read all the same.
        persons = persons == null ? List.of() : List.copyOf(persons);
        transfers = transfers == null ? List.of() : List.copyOf(transfers);
        tallies = tallies == null ? List.of() : List.copyOf(tallies);
    }

    @Override
    public List<Person> persons() {
        return Objects.requireNonNull(persons, "made by the constructor when there were none");
    }

    @Override
    public List<InterhospitalTransfer> transfers() {
        return Objects.requireNonNull(transfers, "made by the constructor when there were none");
    }

    @Override
    public List<Tally> tallies() {
        return Objects.requireNonNull(tallies, "made by the constructor when there were none");
    }
}
