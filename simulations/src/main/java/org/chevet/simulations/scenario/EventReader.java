package org.chevet.simulations.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.file.Fields;
import org.chevet.hospital.file.Nearest;
import org.chevet.hospital.file.Place;
import org.chevet.hospital.file.Problems;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;

/** Reads what happens, and what is done then. As {@link ScenarioReader}. */
final class EventReader {
    private static final double HOURS_MAX = 100_000;
    private static final double DAYS_MAX = 4_000;
    private static final int PATIENTS_MAX = 100_000;
    private static final List<String> INJECTS =
            List.of("massCasualties", "wave", "bedsLost", "informationLost", "staffShortage");
    private static final List<String> MEASURES =
            List.of("openSurgeBeds", "cancelElectives", "dischargeEarly", "transferOut", "cohort");

    private final Problems problems;
    private final Map<String, Service> services = new LinkedHashMap<>();

    EventReader(Problems problems, Hospital hospital) {
        this.problems = problems;
        hospital.services().forEach(service -> services.put(service.id().value(), service));
    }

    List<Inject> injects(Fields scenario) {
        List<Inject> injects = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Place item : scenario.items("injects")) {
            Fields any = Fields.of(item, problems);
            Place kind = any == null ? null : any.require("kind", INJECTS.getFirst());
            Inject inject = kind == null ? null : inject(item, kind);
            if (inject != null) {
                injects.add(inject);
                if (!names.add(inject.name())) {
                    problems.add(item, "two injects are named '" + inject.name() + "'", "Give each its own name.");
                }
            }
        }
        return injects;
    }

    private @Nullable Inject inject(Place item, Place kind) {
        return switch (String.valueOf(kind.text())) {
            case "massCasualties" -> casualties(fields(item, "graves", "others", "involved", "overHours"));
            case "wave" ->
                wave(fields(
                        item,
                        "peakPerDay",
                        "peakAfterDays",
                        "doublingDays",
                        "halvingDays",
                        "rounded",
                        "services",
                        "servicesLater",
                        "laterAfterDays",
                        "stayDays",
                        "ageYears",
                        "ageYearsSpread",
                        "isolation",
                        "organism",
                        "otherEmergencies"));
            case "bedsLost" -> bedsLost(fields(item, "days", "services", "share", "evacuated"));
            case "informationLost" ->
                informationLost(fields(item, "days", "minutesBetweenRounds", "emergencies", "electives"));
            case "staffShortage" -> shortage(fields(item, "days", "share"));
            default -> {
                unknown(kind, INJECTS);
                yield null;
            }
        };
    }

    private void unknown(Place kind, List<String> known) {
        problems.add(kind, "unknown kind " + kind.shown(), Nearest.advice(String.valueOf(kind.text()), known));
    }

    private @Nullable Fields fields(Place item, String... own) {
        List<String> keys = new ArrayList<>(List.of("kind", "name", "atHours"));
        keys.addAll(List.of(own));
        return Fields.of(item, problems, keys);
    }

    private String name(Fields fields) {
        String name = fields.text("name");
        return name == null ? String.valueOf(fields.text("kind")) : name;
    }

    private double atHours(Fields fields) {
        return required(fields, "atHours", 0, HOURS_MAX, "24");
    }

    private double required(Fields fields, String key, double min, double max, String example) {
        fields.require(key, example);
        return fields.number(key, min, max, min);
    }

    private @Nullable Inject casualties(@Nullable Fields fields) {
        return fields == null
                ? null
                : new Inject.MassCasualties(
                        name(fields),
                        atHours(fields),
                        counts(fields, "graves"),
                        counts(fields, "others"),
                        (int) fields.number("involved", 0, PATIENTS_MAX, 0),
                        fields.number("overHours", 0.5, 72, 6));
    }

    private Map<ServiceId, Integer> counts(Fields fields, String key) {
        Map<ServiceId, Integer> counts = new LinkedHashMap<>();
        shares(fields, key, PATIENTS_MAX).forEach((id, count) -> counts.put(id, (int) Math.round(count)));
        return counts;
    }

    private @Nullable Inject wave(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        fields.require("services", "{MED: 1}");
        requireSome(fields, "services", "Write {MED: 1}.");
        requireSome(fields, "servicesLater", "Write {MED: 1}, or leave it out.");
        Place stay = fields.get("stayDays");
        Map<ServiceId, Double> later = shares(fields, "servicesLater", 1);
        if (!later.isEmpty()) {
            fields.require("laterAfterDays", "90");
        } else if (fields.get("laterAfterDays") != null) {
            fields.require("servicesLater", "{MED: 1}");
        }
        return new Inject.Wave(
                name(fields),
                atHours(fields),
                required(fields, "peakPerDay", 0, PATIENTS_MAX, "20"),
                required(fields, "peakAfterDays", 0, DAYS_MAX, "14"),
                required(fields, "doublingDays", 0.1, DAYS_MAX, "4.1"),
                required(fields, "halvingDays", 0.1, DAYS_MAX, "14"),
                fields.flag("rounded"),
                shares(fields, "services", 1),
                later,
                fields.number("laterAfterDays", 0.1, DAYS_MAX, DAYS_MAX),
                stay == null ? null : fields.number(stay, 0.01, 1_000, 1),
                fields.number("ageYears", 0, 120, 60),
                fields.number("ageYearsSpread", 0, 60, 18),
                fields.choice("isolation", Isolation.class, Isolation.NONE),
                fields.text("organism"),
                fields.number("otherEmergencies", 0, 1, 1));
    }

    private void requireSome(Fields fields, String key, String advice) {
        Place place = fields.get(key);
        if (place != null
                && place.node() instanceof MappingNode named
                && named.getValue().isEmpty()) {
            problems.add(place, "no service is named", advice);
        }
    }

    private @Nullable Inject bedsLost(@Nullable Fields fields) {
        if (fields == null) {
            return null;
        }
        fields.require("services", "[MED]");
        List<ServiceId> named = new ArrayList<>();
        for (Place item : fields.items("services")) {
            Service service = service(String.valueOf(item.text()), item);
            if (service != null) {
                named.add(service.id());
            }
        }
        return new Inject.BedsLost(
                name(fields),
                atHours(fields),
                required(fields, "days", 0, DAYS_MAX, "3"),
                named,
                fields.number("share", 0, 1, 1),
                fields.flag("evacuated"));
    }

    private @Nullable Inject informationLost(@Nullable Fields fields) {
        return fields == null
                ? null
                : new Inject.InformationLost(
                        name(fields),
                        atHours(fields),
                        required(fields, "days", 0, DAYS_MAX, "3"),
                        (int) fields.number("minutesBetweenRounds", 1, 1_440, 120),
                        fields.number("emergencies", 0, 1, 1),
                        fields.number("electives", 0, 1, 1));
    }

    private @Nullable Inject shortage(@Nullable Fields fields) {
        return fields == null
                ? null
                : new Inject.StaffShortage(
                        name(fields),
                        atHours(fields),
                        required(fields, "days", 0, DAYS_MAX, "3"),
                        required(fields, "share", 0, 1, "0.1"));
    }

    List<Scenario.Message> messages(Fields scenario) {
        List<Scenario.Message> messages = new ArrayList<>();
        for (Place item : scenario.items("messages")) {
            Fields fields = Fields.of(item, problems, List.of("atHours", "text"));
            String text = fields == null ? null : fields.requireText("text", "…");
            if (fields != null && text != null) {
                messages.add(new Scenario.Message(atHours(fields), text));
            }
        }
        return messages;
    }

    List<Measure> measures(Fields scenario) {
        List<Measure> measures = new ArrayList<>();
        for (Place item : scenario.items("measures")) {
            Fields any = Fields.of(item, problems);
            Place kind = any == null ? null : any.require("kind", MEASURES.getFirst());
            Measure measure = kind == null ? null : measure(item, kind);
            if (measure != null) {
                measures.add(measure);
            }
        }
        return measures;
    }

    private @Nullable Measure measure(Place item, Place kind) {
        return switch (String.valueOf(kind.text())) {
            case "openSurgeBeds" -> {
                Fields fields = measureFields(item, "share");
                yield measure(
                        fields, fields == null ? null : new Measure.OpenSurgeBeds(fields.number("share", 0, 1, 1)));
            }
            case "cancelElectives" -> {
                Fields fields = measureFields(item, "share");
                yield measure(
                        fields, fields == null ? null : new Measure.CancelElectives(fields.number("share", 0, 1, 1)));
            }
            case "dischargeEarly" -> {
                Fields fields = measureFields(item, "share", "withinHours");
                yield measure(
                        fields,
                        fields == null
                                ? null
                                : new Measure.DischargeEarly(
                                        fields.number("share", 0, 1, 1), fields.number("withinHours", 1, 720, 48)));
            }
            case "transferOut" -> {
                Fields fields = measureFields(item, "perDay", "afterWaitHours");
                yield measure(
                        fields,
                        fields == null
                                ? null
                                : new Measure.TransferOut(
                                        (int) required(fields, "perDay", 0, PATIENTS_MAX, "5"),
                                        fields.number("afterWaitHours", 0, 72, 4)));
            }
            case "cohort" -> measure(measureFields(item), new Measure.Cohort());
            default -> {
                unknown(kind, MEASURES);
                yield null;
            }
        };
    }

    private @Nullable Fields measureFields(Place item, String... own) {
        List<String> keys = new ArrayList<>(List.of("kind", "name", "when", "delayHours", "days"));
        keys.addAll(List.of(own));
        return Fields.of(item, problems, keys);
    }

    private @Nullable Measure measure(@Nullable Fields fields, Measure.@Nullable Action action) {
        if (fields == null || action == null) {
            return null;
        }
        Place when = fields.require("when", "{loadAbove: 0.95}, {boardersAbove: 10} or {atHours: 24}");
        Measure.Trigger trigger = when == null ? null : trigger(when);
        return trigger == null
                ? null
                : new Measure(
                        name(fields),
                        action,
                        trigger,
                        fields.number("delayHours", 0, HOURS_MAX, 0),
                        fields.number("days", 0, DAYS_MAX, Double.POSITIVE_INFINITY));
    }

    private Measure.@Nullable Trigger trigger(Place place) {
        Fields when = Fields.of(place, problems, List.of("loadAbove", "boardersAbove", "atHours"));
        if (when == null) {
            return null;
        }
        if (when.get("loadAbove") != null) {
            return new Measure.LoadAbove(when.number("loadAbove", 0, 5, 1));
        }
        if (when.get("boardersAbove") != null) {
            return new Measure.BoardersAbove((int) when.number("boardersAbove", 0, PATIENTS_MAX, 0));
        }
        if (when.get("atHours") != null) {
            return new Measure.AtHours(when.number("atHours", 0, HOURS_MAX, 0));
        }
        problems.add(place, "it is not said when", "Write {loadAbove: 0.95}, {boardersAbove: 10} or {atHours: 24}.");
        return null;
    }

    /** Numbers by service; those of services that are not there are reported. */
    Map<ServiceId, Double> shares(Fields fields, String key, double max) {
        Map<ServiceId, Double> shares = new LinkedHashMap<>();
        Place place = fields.get(key);
        Fields entries = place == null ? null : Fields.of(place, problems);
        if (entries != null) {
            entries.forEach((id, at) -> {
                Service service = service(id, at);
                double share = entries.number(at, 0, max, 0);
                if (service != null) {
                    shares.put(service.id(), share);
                }
            });
        }
        return shares;
    }

    @Nullable
    Service service(String id, Place at) {
        Service service = services.get(id);
        if (service == null) {
            problems.add(at, "unknown service '" + id + "'", Nearest.advice(id, services.keySet()));
        }
        return service;
    }
}
