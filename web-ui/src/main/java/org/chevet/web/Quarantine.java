package org.chevet.web;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.util.List;
import org.chevet.event.BedEvent;
import org.chevet.event.Recorded;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages kept in quarantine, found again and replayed by the feed that they came from. */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    private final Hospitals hospitals;

    Quarantine(Hospitals hospitals) {
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("replayQuarantined").addHandler(this::replay);
    }

    /** The message that the request's path names; null when there is none, and then the request is answered. */
    static @Nullable QuarantineEntry find(RoutingContext request, LiveHospital hospital) {
        String id = request.pathParam("message");
        for (QuarantineEntry entry : hospital.view().quarantine()) {
            if (entry.id().equals(id)) {
                return entry;
            }
        }
        HttpProblem.notFound("hospital " + hospital.id() + " has no message " + id + " in quarantine")
                .send(request);
        return null;
    }

    /** The message itself. Blocks on the disk. */
    static @Nullable String text(LiveHospital hospital, QuarantineEntry entry) {
        List<Recorded> events = hospital.events(entry.sequence() - 1, 1);
        return !events.isEmpty() && events.getFirst().event() instanceof BedEvent.MessageQuarantined quarantined
                ? quarantined.message().text()
                : null;
    }

    private void replay(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        QuarantineEntry entry = hospital == null ? null : find(request, hospital);
        if (hospital == null || entry == null) {
            return;
        }
        AdtFeed feed = hospital.feed(entry.feed());
        if (feed == null) {
            HttpProblem.of(
                            409,
                            "feed-gone",
                            "Refused",
                            "message " + entry.id() + " came by feed " + entry.feed()
                                    + ", which this server has no more",
                            "Configure a feed of that name, or discard the message.")
                    .send(request);
            return;
        }
        // What it states is journaled as the feed's, not as this person's: they vouch for nothing that is in it.
        LOG.info(
                "message {} of feed {} is replayed, asked by a {}",
                entry.id(),
                entry.feed(),
                ActorHandler.person(request).role());
        Context context = request.vertx().getOrCreateContext();
        request.vertx()
                .executeBlocking(() -> text(hospital, entry), false)
                .compose(text -> text == null
                        ? Future.failedFuture("the journal has no text of message " + entry.id())
                        : Future.fromCompletionStage(feed.replay(entry.id(), text), context))
                .onSuccess(replay -> send(request, entry, replay))
                .onFailure(request::fail);
    }

    private static void send(RoutingContext request, QuarantineEntry entry, AdtFeed.Replay replay) {
        switch (replay) {
            case AdtFeed.Replay.Answered answered -> ActOperations.send(request, answered.answer());
            case AdtFeed.Replay.StillWrong wrong ->
                HttpProblem.of(
                                409,
                                "still-wrong",
                                "Still not understood",
                                "message " + entry.id() + " still cannot be applied: " + wrong.reason(),
                                "Mend what the reason names and replay it again, or discard the message.")
                        .send(request);
        }
    }
}
