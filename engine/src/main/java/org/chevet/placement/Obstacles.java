package org.chevet.placement;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.chevet.event.Refusal;
import org.chevet.hospital.CareNeeds;
import org.chevet.hospital.PlacementRule;
import org.chevet.hospital.Room;
import org.chevet.hospital.Service;
import org.chevet.occupancy.BedStatus;
import org.chevet.occupancy.BedView;
import org.chevet.occupancy.Layout;
import org.chevet.occupancy.Stay;
import org.jspecify.annotations.Nullable;

/** Says of each rule that excludes a bed by what fact it does. */
final class Obstacles {
    private final PlacementWorld world;
    private final Fit fit;
    private final Demand demand;

    Obstacles(PlacementWorld world, Fit fit, Demand demand) {
        this.world = world;
        this.fit = fit;
        this.demand = demand;
    }

    /** @param broken as the fit has just found it for this bed */
    List<Obstacle> of(int bed, int broken) {
        List<Obstacle> obstacles = new ArrayList<>();
        for (PlacementRule rule : PlacementRule.values()) {
            if ((broken & rule.bit()) != 0) {
                Map<String, String> about = new LinkedHashMap<>();
                tell(rule, bed, about);
                obstacles.add(new Obstacle(rule, about));
            }
        }
        return obstacles;
    }

    private void tell(PlacementRule rule, int bed, Map<String, String> about) {
        Service service = world.hospital().services[world.layout().serviceOfBed(bed)];
        Room room = world.hospital().rooms[world.layout().roomOfBed(bed)];
        CareNeeds needs = demand.needs();
        switch (rule) {
            case BED_OCCUPIED, BED_BLOCKED, BED_CLOSED, BED_RESERVED -> tellBed(rule, world.bed(bed), about);
            case STAFFED_CAPACITY -> {
                put(about, "service", service.id());
                put(about, "taken", fit.serviceLoad());
                put(about, "staffed", world.staffed[world.layout().serviceOfBed(bed)]);
            }
            case ROOM_FULL, SINGLE_ROOM -> {
                put(about, "room", room.id());
                put(about, "capacity", room.capacity());
                tellOthers(bed, about);
            }
            case AGE -> {
                put(about, "service", service.id());
                put(about, "from", service.ages().fromYears());
                put(about, "to", service.ages().toYears());
                put(about, "age", needs.ageYears());
            }
            case SEX -> {
                put(about, "service", service.id());
                put(about, "room", room.id());
                put(about, "policy", service.sexPolicy().admits(needs.sex()) ? room.sexPolicy() : service.sexPolicy());
                tellOthers(bed, about);
            }
            case ISOLATION -> {
                put(about, "room", room.id());
                put(about, "needed", needs.isolation());
                put(about, "ability", room.isolation());
                tellOthers(bed, about);
            }
            case EQUIPMENT -> {
                List<String> missing = new ArrayList<>(needs.equipmentRequired());
                missing.removeAll(world.bed(bed).bed().equipment());
                put(about, "missing", String.join(" ", missing));
            }
            case LEVEL_OF_CARE -> {
                put(about, "service", service.id());
                put(about, "level", service.levelOfCare());
                put(about, "needed", needs.levelOfCare());
            }
            case SPECIALTY -> {
                put(about, "service", service.id());
                put(about, "specialty", needs.specialty());
            }
            case REFUSED -> tellRefusal(Objects.requireNonNull(fit.refusal()), about);
            case SPECIALTY_RANK,
                    OUTLIER,
                    SERVICE_WISHED,
                    REFUSED_LATELY,
                    EQUIPMENT_PREFERRED,
                    SINGLE_ROOM_WISHED,
                    SCARCE_SINGLE_ROOM,
                    SCARCE_PRESSURE,
                    SCARCE_MONITORED,
                    KEPT_FOR_EMERGENCIES,
                    READY_SOONER,
                    MOVE,
                    NIGHT_MOVE,
                    EARLIER_SERVICE,
                    SEX_FLEXIBILITY,
                    COMING_RESERVATION,
                    BALANCE_OF_LOAD -> throw new IllegalStateException("rule " + rule.code() + " excludes no bed");
        }
    }

    private static void tellRefusal(Refusal refusal, Map<String, String> about) {
        put(about, "service", refusal.service());
        put(about, "bed", refusal.bed());
        put(about, "reason", refusal.reason());
        put(about, "at", refusal.at());
    }

    private static void tellBed(PlacementRule rule, BedView bed, Map<String, String> about) {
        BedStatus status = bed.status();
        put(about, "bed", bed.bed().id());
        if (rule == PlacementRule.BED_OCCUPIED && !bed.occupants().isEmpty()) {
            Stay occupant = bed.occupants().getFirst();
            put(about, "stay", occupant.id());
            put(about, "until", occupant.expectedDischarge());
        }
        if (rule == PlacementRule.BED_BLOCKED && status.block() != null) {
            put(about, "reason", status.block().reason());
            put(about, "until", status.block().expectedEnd());
        }
        if (rule == PlacementRule.BED_RESERVED && status.reservation() != null) {
            put(about, "request", status.reservation().request());
            put(about, "until", status.reservation().until());
        }
    }

    /** Who else lies in the room, or is to. */
    private void tellOthers(int bed, Map<String, String> about) {
        Layout layout = world.layout();
        int room = layout.roomOfBed(bed);
        List<String> stays = new ArrayList<>();
        List<String> requests = new ArrayList<>();
        for (int other = layout.firstBedOfRoom(room); other < layout.endOfRoom(room); other++) {
            for (PlacementWorld.Tenant tenant : world.tenants[other]) {
                if (other != bed && !fit.isOwn(tenant)) {
                    if (tenant.request() != null) {
                        requests.add(tenant.request().value());
                    } else if (tenant.stay() != null) {
                        stays.add(tenant.stay().value());
                    }
                }
            }
        }
        put(about, "stays", stays.isEmpty() ? null : String.join(" ", stays));
        put(about, "requests", requests.isEmpty() ? null : String.join(" ", requests));
    }

    private static void put(Map<String, String> about, String name, @Nullable Object value) {
        if (value != null) {
            about.put(name, value.toString());
        }
    }
}
