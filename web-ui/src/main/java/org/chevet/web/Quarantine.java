package org.chevet.web;

import com.fasterxml.jackson.core.JsonGenerator;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.chevet.event.BedEvent;
import org.chevet.event.QuarantineCause;
import org.chevet.event.Recorded;
import org.chevet.feed.hl7.AdtFeed;
import org.chevet.occupancy.HospitalView.QuarantineEntry;
import org.chevet.runtime.Answer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages kept in quarantine, found again and replayed by the feed that they came from. */
final class Quarantine {
    private static final Logger LOG = LoggerFactory.getLogger(Quarantine.class);

    /** Messages replayed for one request; each is made durable by itself. */
    private static final int REPLAY_MESSAGES_MAX = 500;

    private final Hospitals hospitals;

    /** What became of one message. */
    private sealed interface Outcome {
        record Replayed(AdtFeed.Replay replay) implements Outcome {}

        /** This server has its feed no more. */
        record FeedGone() implements Outcome {}
    }

    private record Tried(String message, Outcome outcome) {}

    Quarantine(Hospitals hospitals) {
        this.hospitals = hospitals;
    }

    void addTo(RouterBuilder routes) {
        routes.getRoute("replayQuarantined").addHandler(this::replay);
        routes.getRoute("replayAllQuarantined").addHandler(this::replayAll);
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
        // What it states is journaled as the feed's, not as this person's: they vouch for nothing that is in it.
        LOG.info(
                "message {} of feed {} is replayed, asked by a {}",
                entry.id(),
                entry.feed(),
                ActorHandler.person(request).role());
        replay(request, hospital, entry)
                .onSuccess(outcome -> send(request, entry, outcome))
                .onFailure(request::fail);
    }

    /** One after another: a message may state what the next one builds on. */
    private void replayAll(RoutingContext request) {
        LiveHospital hospital = hospitals.of(request);
        if (hospital == null) {
            return;
        }
        List<QuarantineEntry> asked =
                asked(hospital, request.body().asJsonObject().getJsonArray("messages"));
        List<QuarantineEntry> now = asked.subList(0, Math.min(asked.size(), REPLAY_MESSAGES_MAX));
        LOG.info(
                "{} messages in quarantine of hospital {} are replayed, asked by a {}",
                now.size(),
                hospital.id(),
                ActorHandler.person(request).role());
        replayNext(request, hospital, now.iterator(), new ArrayList<>())
                .onSuccess(tried -> send(request, tried, asked.size() - tried.size()))
                .onFailure(request::fail);
    }

    private static List<QuarantineEntry> asked(LiveHospital hospital, @Nullable JsonArray messages) {
        if (messages == null) {
            return hospital.view().quarantine();
        }
        Set<Object> ids = new HashSet<>(messages.getList());
        return hospital.view().quarantine().stream()
                .filter(entry -> ids.contains(entry.id()))
                .toList();
    }

    /** Ends early when nothing can be written: what is left is told to be so. */
    private Future<List<Tried>> replayNext(
            RoutingContext request, LiveHospital hospital, Iterator<QuarantineEntry> left, List<Tried> tried) {
        if (!left.hasNext() || request.response().closed()) {
            return Future.succeededFuture(tried);
        }
        QuarantineEntry entry = left.next();
        return replay(request, hospital, entry).compose(outcome -> {
            tried.add(new Tried(entry.id(), outcome));
            return word(outcome).equals("NOT_NOW")
                    ? Future.succeededFuture(tried)
                    : replayNext(request, hospital, left, tried);
        });
    }

    private static Future<Outcome> replay(RoutingContext request, LiveHospital hospital, QuarantineEntry entry) {
        AdtFeed feed = hospital.feed(entry.feed());
        if (feed == null) {
            return Future.succeededFuture(new Outcome.FeedGone());
        }
        Context context = request.vertx().getOrCreateContext();
        return request.vertx()
                .executeBlocking(() -> text(hospital, entry), false)
                .compose(text -> text == null
                        ? Future.failedFuture("the journal has no text of message " + entry.id())
                        : Future.fromCompletionStage(feed.replay(entry.id(), text), context))
                .map(Outcome.Replayed::new);
    }

    private static void send(RoutingContext request, QuarantineEntry entry, Outcome outcome) {
        switch (outcome) {
            case Outcome.Replayed(AdtFeed.Replay.Answered answered) -> ActOperations.send(request, answered.answer());
            case Outcome.Replayed(AdtFeed.Replay.StillWrong wrong) ->
                HttpProblem.of(
                                409,
                                "still-wrong",
                                "Still not understood",
                                "message " + entry.id() + " still cannot be applied: " + wrong.reason(),
                                "Mend what the reason names and replay it again, or discard the message.")
                        .send(request);
            case Outcome.FeedGone gone ->
                HttpProblem.of(
                                409,
                                "feed-gone",
                                "Refused",
                                "message " + entry.id() + " came by feed " + entry.feed()
                                        + ", which this server has no more",
                                "Configure a feed of that name, or discard the message.")
                        .send(request);
        }
    }

    private static void send(RoutingContext request, List<Tried> tried, int left) {
        request.response()
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                .end(Json.object(json -> {
                    json.writeNumberField("left", left);
                    json.writeArrayFieldStart("outcomes");
                    for (Tried one : tried) {
                        write(json, one);
                    }
                    json.writeEndArray();
                }));
    }

    private static void write(JsonGenerator json, Tried tried) throws IOException {
        json.writeStartObject();
        json.writeStringField("message", tried.message());
        json.writeStringField("outcome", word(tried.outcome()));
        Json.writeIfPresent(json, "reason", reason(tried.outcome()));
        BoardJson.writeCause(json, cause(tried.outcome()));
        json.writeEndObject();
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Replayed(AdtFeed.Replay.Answered(Answer.Done done)) -> "DONE";
            case Outcome.Replayed(AdtFeed.Replay.Answered(Answer.Unavailable unavailable)) -> "NOT_NOW";
            case Outcome.Replayed(AdtFeed.Replay.Answered(Answer.Refused refused)) -> "STILL_WRONG";
            case Outcome.Replayed(AdtFeed.Replay.StillWrong wrong) -> "STILL_WRONG";
            case Outcome.FeedGone gone -> "FEED_GONE";
        };
    }

    private static @Nullable String reason(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Replayed(AdtFeed.Replay.StillWrong wrong) -> wrong.reason();
            case Outcome.Replayed(AdtFeed.Replay.Answered(Answer.Unavailable unavailable)) -> unavailable.detail();
            case Outcome.Replayed(AdtFeed.Replay.Answered(Answer.Refused refused)) ->
                refused.refusal().detail();
            case Outcome.Replayed(AdtFeed.Replay.Answered(Answer.Done done)) -> null;
            case Outcome.FeedGone gone -> null;
        };
    }

    private static @Nullable QuarantineCause cause(Outcome outcome) {
        return outcome instanceof Outcome.Replayed(AdtFeed.Replay.StillWrong wrong) ? wrong.cause() : null;
    }
}
