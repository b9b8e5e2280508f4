package org.chevet.web;

import java.util.ArrayList;
import java.util.List;
import org.chevet.feed.FeedStatus;
import org.chevet.occupancy.Counts;
import org.chevet.occupancy.FreeBeds;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.chevet.runtime.Following;
import org.chevet.runtime.WriterStatus;
import org.chevet.tension.Tension;
import org.jspecify.annotations.Nullable;

/**
 * One hospital as the group's board shows it.
 *
 * @param counts of all its services together
 * @param waiting open requests without a bed
 * @param ahead the same object until it is foreseen anew
 */
record GroupRow(
        HospitalView view,
        boolean demo,
        List<ServiceFree> services,
        Counts counts,
        Tension tension,
        int waiting,
        Standing standing,
        List<GroupAhead> ahead) {
    /** What is less is how far members are from each other anyway. */
    static final long AGE_TOLD_SECONDS_MIN = 3;

    /** A service and its free beds; the same object until something in the service changes. */
    record ServiceFree(ServiceView view, List<FreeBeds> free) {}

    /**
     * Whether the figures can be trusted.
     *
     * @param writer what people call the member that writes it; null where none is heard, and for a process that is alone
     * @param ageSeconds for how long it has not been known to be all there is; 0 for less than {@link #AGE_TOLD_SECONDS_MIN}
     * @param silentFeeds of this member's feeds those that have been silent for too long
     */
    record Standing(
            WriterStatus.Condition condition, @Nullable String writer, long ageSeconds, int silentFeeds) {
        static Standing of(LiveHospital hospital) {
            Following following = hospital.following();
            long ageSeconds = hospital.age().toSeconds();
            return new Standing(
                    hospital.writer().status().condition(),
                    following == null ? null : following.writer(),
                    ageSeconds < AGE_TOLD_SECONDS_MIN ? 0 : ageSeconds,
                    (int) hospital.feedStatuses().stream()
                            .filter(FeedStatus::silent)
                            .count());
        }
    }

    /**
     * The row as it is now: only services that changed since {@code before} are counted again.
     *
     * @param before this hospital's row, null at first
     * @param ahead the same object as before while nothing else is foreseen
     * @return {@code before} itself when it is still so
     */
    @SuppressWarnings("ReferenceEquality") // the promises of HospitalView and of ahead
    static GroupRow of(@Nullable GroupRow before, LiveHospital hospital, List<GroupAhead> ahead) {
        HospitalView view = hospital.view();
        Standing standing = Standing.of(hospital);
        if (before == null || before.view != view) {
            return counted(before, view, hospital.demo(), standing, ahead);
        }
        return before.standing.equals(standing) && before.ahead == ahead
                ? before
                : new GroupRow(
                        view,
                        before.demo,
                        before.services,
                        before.counts,
                        before.tension,
                        before.waiting,
                        standing,
                        ahead);
    }

    private static GroupRow counted(
            @Nullable GroupRow before, HospitalView view, boolean demo, Standing standing, List<GroupAhead> ahead) {
        List<ServiceFree> services = new ArrayList<>(view.services().size());
        Counts counts = Counts.NONE;
        for (int i = 0; i < view.services().size(); i++) {
            ServiceView service = view.services().get(i);
            services.add(kept(before, i, service));
            counts = counts.plus(service.counts());
        }
        int waiting = (int) view.requests().stream()
                .filter(request -> request.bed() == null)
                .count();
        return new GroupRow(view, demo, List.copyOf(services), counts, Tension.of(view), waiting, standing, ahead);
    }

    @SuppressWarnings("ReferenceEquality") // the promise of HospitalView
    private static ServiceFree kept(@Nullable GroupRow before, int index, ServiceView service) {
        if (before != null && index < before.services.size()) {
            ServiceFree known = before.services.get(index);
            if (known.view() == service) {
                return known;
            }
        }
        return new ServiceFree(service, FreeBeds.of(service));
    }

    /** Whether a patch can lead from that row to this one: otherwise it is told whole. */
    @SuppressWarnings("ReferenceEquality") // a layout is replaced as a whole
    boolean isPatchOf(GroupRow before) {
        return view.hospital() == before.view.hospital();
    }
}
