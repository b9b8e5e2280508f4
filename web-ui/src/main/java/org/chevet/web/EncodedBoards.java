package org.chevet.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import org.chevet.hospital.HospitalId;
import org.chevet.hospital.ServiceId;
import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.ServiceView;
import org.jspecify.annotations.Nullable;

/**
 * Boards as bytes, made once for each view however many ask: memory is one board of each hospital and one of each service.
 * Owned by one event loop.
 */
final class EncodedBoards {
    /** @param tag changes with the bytes (RFC 9110, ETag) */
    record ServiceBoard(HospitalView view, Buffer bytes, String tag) {}

    private record Tail(HospitalView view, Future<Buffer> bytes) {}

    private record Key(HospitalId hospital, ServiceId service) {}

    private final Map<HospitalId, Tail> tails = new HashMap<>();
    private final Map<Key, ServiceBoard> services = new HashMap<>();

    /** A whole board; its bytes take milliseconds to make, which the event loop does not have. */
    Future<Buffer> whole(Vertx vertx, LiveHospital hospital) {
        HospitalView view = hospital.view();
        Tail kept = tails.get(hospital.id());
        if (kept == null || !same(kept.view(), view) || kept.bytes().failed()) {
            kept = new Tail(
                    view,
                    vertx.executeBlocking(
                            () -> Buffer.buffer(BoardJson.snapshotTail(BoardJson.viewMembers(view))), false));
            tails.put(hospital.id(), kept);
        }
        return kept.bytes()
                .map(tail ->
                        Buffer.buffer(BoardJson.snapshotHead(hospital.now())).appendBuffer(tail));
    }

    /** Null when the hospital has no such service. */
    @Nullable
    ServiceBoard service(LiveHospital hospital, ServiceId id) {
        HospitalView view = hospital.view();
        Key key = new Key(hospital.id(), id);
        ServiceBoard kept = services.get(key);
        if (kept != null && same(kept.view(), view)) {
            return kept;
        }
        ServiceView service = view.service(id);
        if (service == null) {
            services.remove(key);
            return null;
        }
        ServiceBoard made = new ServiceBoard(
                view,
                Buffer.buffer(BoardJson.service(view, service)),
                "\"" + view.sequence() + "-" + view.recordedAt().toEpochMilli() + "\"");
        services.put(key, made);
        return made;
    }

    @SuppressWarnings("ReferenceEquality") // the promise of HospitalView
    private static boolean same(HospitalView first, HospitalView second) {
        return first == second;
    }
}
