package org.chevet.simulations.scenario;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.chevet.event.RequestOrigin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.file.Fields;
import org.chevet.hospital.file.HospitalFile;
import org.chevet.hospital.file.Nearest;
import org.chevet.hospital.file.Place;
import org.chevet.hospital.file.Problems;
import org.chevet.simulations.demand.ArrivalProfile;
import org.chevet.simulations.demand.CareProfile;
import org.chevet.simulations.demand.Leaving;
import org.chevet.simulations.demo.DemoLayout;
import org.chevet.simulations.flow.LengthOfStay;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** Turns a file's nodes into a scenario. Wherever something is wrong, the problem is noted and reading goes on. */
final class ScenarioReader {
    private static final List<String> KEYS = List.of(
            "name",
            "summary",
            "sources",
            "hospital",
            "begins",
            "warmUpDays",
            "days",
            "load",
            "season",
            "care",
            "routine",
            "injects",
            "messages",
            "measures",
            "questions",
            "real");
    private static final List<String> WARD_KEYS =
            List.of("id", "beds", "level", "singleRooms", "surgeBeds", "shelters", "equipment");
    private static final List<String> CARE_KEYS = List.of(
            "stayDays",
            "spread",
            "occupancy",
            "emergency",
            "elective",
            "death",
            "ageYears",
            "ageYearsSpread",
            "onward",
            "staysSeen",
            "arrivals",
            "leaving",
            "needs");
    private static final Map<String, RequestOrigin> ORIGINS = Map.of(
            "emergency", RequestOrigin.EMERGENCY_DEPARTMENT,
            "elective", RequestOrigin.ELECTIVE,
            "direct", RequestOrigin.OTHER_HOSPITAL);
    private static final List<String> REAL_KEYS =
            List.of("file", "column", "admissions", "patientsPerBed", "calibratedUntil", "tolerance", "staysKnown");
    private static final List<String> ROUTINE_KEYS = List.of(
            "minutesBetweenRounds",
            "emergencyStayHours",
            "transportMinutes",
            "bedsPerCleaningTeam",
            "refusals",
            "cancellations",
            "emergencyPatienceHours",
            "electivePatienceHours");

    private static final int DAYS_MAX = 3_660;
    private static final int WARM_UP_DAYS_MAX = 400;
    private static final int BEDS_MAX = 100_000;

    /** Its beds have it in their own ids, followed by the numbers of the room and of the bed. */
    private static final int WARD_ID_CHARS_MAX = Identifiers.IDENTIFIER_CHARS_MAX - "-200000-2".length();

    /** A drill tells the name as a text of its own, and takes none that is longer. */
    private static final int NAME_CHARS_MAX = 500;

    private static final int MONTHS = 12;
    private static final int HOURS = 24;
    private static final int WEEKDAYS = 7;
    private static final double WEIGHT_MAX = 1_000_000;
    private static final String ANYTIME = "anytime";
    private static final double LOAD_MAX = 5;
    private static final LocalDate USUAL_FIRST_DAY = LocalDate.of(2026, 1, 12);
    private static final int USUAL_WARM_UP_DAYS = 7;

    private final Problems problems;
    private final @Nullable Path folder;
    private final int bedsMax;

    /**
     * @param folder of which hospital files are named, null when there is none
     * @param bedsMax of a hospital that is described in the scenario
     */
    ScenarioReader(Problems problems, @Nullable Path folder, int bedsMax) {
        this.problems = problems;
        this.folder = folder;
        this.bedsMax = bedsMax;
    }

    @Nullable
    Scenario read(String code, Node root) {
        Fields fields = Fields.of(new Place("", root), problems, KEYS);
        if (fields == null) {
            return null;
        }
        Scenario.Words name = name(fields.require("name", "{fr: …, en: …}"));
        Place summary = fields.get("summary");
        Hospital hospital = hospital(fields.require("hospital", "demo, neighbour, {file: …} or {services: …}"));
        fields.require("days", "28");
        Integer days = fields.wholeNumber("days", 1, DAYS_MAX);
        Integer warmUp = fields.wholeNumber("warmUpDays", 0, WARM_UP_DAYS_MAX);
        double load = fields.number("load", 0, LOAD_MAX, 1);
        if (hospital == null) {
            return null;
        }
        EventReader events = new EventReader(problems, hospital);
        return new Scenario(
                code,
                name,
                summary == null ? new Scenario.Words("", "") : words(summary),
                texts(fields, "sources"),
                hospital,
                begins(fields),
                warmUp == null ? USUAL_WARM_UP_DAYS : warmUp,
                days == null ? 1 : days,
                load,
                season(fields),
                care(fields.get("care"), hospital, events),
                routine(fields.get("routine")),
                events.injects(fields),
                events.messages(fields),
                events.measures(fields),
                questions(fields),
                real(fields.get("real")));
    }

    private Scenario.@Nullable Real real(@Nullable Place place) {
        Fields fields = place == null ? null : Fields.of(place, problems, REAL_KEYS);
        if (fields == null) {
            return null;
        }
        String file = fields.requireText("file", "census.csv");
        String column = fields.requireText("column", "occupied");
        Place until = fields.require("calibratedUntil", "2020-04-20");
        double patientsPerBed = fields.number("patientsPerBed", 0.001, 1_000_000, 1);
        double tolerance = fields.number("tolerance", 0, 1, 0.1);
        boolean staysKnown = fields.flag("staysKnown");
        return file == null || column == null || until == null
                ? null
                : new Scenario.Real(
                        file, column, fields.text("admissions"), patientsPerBed, day(until), tolerance, staysKnown);
    }

    private Scenario.Words name(@Nullable Place place) {
        Scenario.Words name = words(place);
        int chars = Math.max(name.french().length(), name.english().length());
        if (place != null && chars > NAME_CHARS_MAX) {
            problems.add(place, "the name has " + chars + " characters, more than " + NAME_CHARS_MAX, "Shorten it.");
        }
        return name;
    }

    private Scenario.Words words(@Nullable Place place) {
        Fields fields = place == null ? null : Fields.of(place, problems, List.of("fr", "en"));
        String french = fields == null ? null : longText(fields.require("fr", "…"));
        String english = fields == null ? null : longText(fields.require("en", "…"));
        return new Scenario.Words(french == null ? "" : french, english == null ? "" : english);
    }

    private @Nullable String longText(@Nullable Place place) {
        String text = place == null ? null : place.text();
        if (place != null && (text == null || text.isEmpty())) {
            problems.add(place, "expected a text, got " + place.shown(), "Write one text.");
        }
        return text;
    }

    private List<String> texts(Fields fields, String key) {
        List<String> texts = new ArrayList<>();
        for (Place item : fields.items(key)) {
            String text = longText(item);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    private LocalDate begins(Fields fields) {
        Place place = fields.get("begins");
        return place == null ? USUAL_FIRST_DAY : day(place);
    }

    private LocalDate day(Place place) {
        try {
            return LocalDate.parse(String.valueOf(place.text()));
        } catch (DateTimeParseException e) {
            problems.add(place, "expected a day, got " + place.shown(), "Write it as 2026-01-12.");
            return USUAL_FIRST_DAY;
        }
    }

    private List<Double> season(Fields fields) {
        List<Place> items = fields.items("season");
        Place place = fields.get("season");
        if (place == null) {
            return Collections.nCopies(MONTHS, 1.0);
        }
        if (items.size() != MONTHS) {
            problems.add(place, items.size() + " numbers, there must be " + MONTHS, "Write one for each month.");
            return Collections.nCopies(MONTHS, 1.0);
        }
        return items.stream().map(item -> fields.number(item, 0.01, 10, 1)).toList();
    }

    private @Nullable Hospital hospital(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        if (place.isScalar()) {
            String name = String.valueOf(place.text());
            switch (name) {
                case "demo":
                    return DemoLayout.read();
                case "neighbour":
                    return DemoLayout.neighbourOf(DemoLayout.read());
                default:
                    problems.add(
                            place,
                            "unknown hospital '" + name + "'",
                            Nearest.advice(name, List.of("demo", "neighbour")));
                    return null;
            }
        }
        Fields fields = Fields.of(place, problems, List.of("file", "services"));
        Place file = fields == null ? null : fields.get("file");
        if (file != null) {
            return fromFile(file);
        }
        return fields == null ? null : described(fields);
    }

    private @Nullable Hospital fromFile(Place place) {
        if (folder == null) {
            problems.add(place, "a scenario that is no file of its own names none", "Describe the services here.");
            return null;
        }
        HospitalFile.Result result = HospitalFile.read(folder.resolve(Path.of(String.valueOf(place.text()))));
        if (result instanceof HospitalFile.Loaded loaded) {
            return loaded.hospital();
        }
        problems.add(place, result.describe(), "Mend that file, or name another one.");
        return null;
    }

    private @Nullable Hospital described(Fields fields) {
        Place list = fields.require("services", "[{id: MED, beds: 40}]");
        List<DescribedHospital.Ward> wards = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        long beds = 0;
        List<Place> items = fields.items("services");
        for (Place item : items) {
            DescribedHospital.Ward ward = ward(item, ids);
            if (ward != null) {
                wards.add(ward);
                beds += ward.beds() + ward.surgeBeds();
            }
        }
        if (items.isEmpty() && list != null) {
            problems.add(list, "there is no service", "Write one at least: {id: MED, beds: 40}.");
        }
        if (beds > bedsMax && list != null) {
            problems.add(list, "there are " + beds + " beds, more than " + bedsMax, "Describe a smaller hospital.");
            return null;
        }
        return wards.isEmpty() ? null : DescribedHospital.of("DESCRIBED", wards);
    }

    private DescribedHospital.@Nullable Ward ward(Place item, Set<String> ids) {
        Fields ward = Fields.of(item, problems, WARD_KEYS);
        String id = ward == null ? null : ward.requireText("id", "MED");
        if (ward == null || id == null) {
            return null;
        }
        if (!ids.add(id)) {
            problems.add(item, "service '" + id + "' is there twice", "Keep one of the two.");
            return null;
        }
        if (!Identifiers.isValid(id) || id.length() > WARD_ID_CHARS_MAX) {
            problems.add(
                    item,
                    "'" + id + "' is no id of a service",
                    "Write 1 to " + WARD_ID_CHARS_MAX + " of letters without accents, digits and ._:- for it.");
            return null;
        }
        ward.require("beds", "40");
        Integer beds = ward.wholeNumber("beds", 1, BEDS_MAX);
        Integer single = ward.wholeNumber("singleRooms", 0, BEDS_MAX);
        Integer surge = ward.wholeNumber("surgeBeds", 0, BEDS_MAX);
        return new DescribedHospital.Ward(
                id,
                ward.choice("level", LevelOfCare.class, LevelOfCare.ACUTE),
                beds == null ? 1 : beds,
                single == null ? 0 : single,
                surge == null ? 0 : surge,
                texts(ward, "shelters"),
                equipment(ward.get("equipment")));
    }

    private Map<String, Integer> equipment(@Nullable Place place) {
        Map<String, Integer> equipment = new LinkedHashMap<>();
        Fields codes = place == null ? null : Fields.of(place, problems);
        if (codes != null) {
            codes.forEach((code, at) -> {
                if (Identifiers.isValid(code)) {
                    equipment.put(code, (int) codes.number(at, 0, BEDS_MAX, 0));
                } else {
                    problems.add(
                            at, "'" + code + "' is no code of equipment", "Write letters without accents and digits.");
                }
            });
        }
        return equipment;
    }

    private Map<ServiceId, Scenario.Care> care(@Nullable Place place, Hospital hospital, EventReader events) {
        Map<ServiceId, Scenario.Care> care = new HashMap<>();
        Fields services = place == null ? null : Fields.of(place, problems);
        if (services != null) {
            services.forEach((id, at) -> {
                Service service = events.service(id, at);
                Fields fields = Fields.of(at, problems, CARE_KEYS);
                if (service != null && fields != null) {
                    care.put(service.id(), care(fields, CareProfile.of(service), hospital, events));
                }
            });
        }
        return care;
    }

    private Scenario.Care care(Fields fields, CareProfile usual, Hospital hospital, EventReader events) {
        Map<ServiceId, Double> onward = new LinkedHashMap<>();
        boolean hasOnward = fields.get("onward") != null;
        if (hasOnward) {
            onward = events.shares(fields, "onward", 1);
        }
        CareProfile profile = new CareProfile(
                fields.number("stayDays", 0.01, 1_000, usual.lengthDays()),
                fields.number("spread", 0.01, 3, usual.lengthSpread()),
                fields.number("occupancy", 0, LOAD_MAX, usual.targetOccupancy()),
                fields.number("emergency", 0, 1, usual.fromEmergency()),
                fields.number("elective", 0, 1, usual.elective()),
                fields.number("death", 0, 1, usual.death()),
                fields.number("ageYears", 0, 120, usual.ageYears()),
                fields.number("ageYearsSpread", 0, 60, usual.ageYearsSpread()),
                hasOnward
                        ? onward.entrySet().stream()
                                .map(next ->
                                        new CareProfile.Onward(next.getKey().value(), next.getValue()))
                                .toList()
                        : usual.onward());
        List<Double> seen = fields.items("staysSeen").stream()
                .map(item -> fields.number(item, 0.001, 5_000, 1))
                .toList();
        return new Scenario.Care(
                profile,
                seen.isEmpty() ? profile.lengthOfStay() : new LengthOfStay.Empirical(seen),
                comings(fields.get("arrivals")),
                leaving(fields.get("leaving")),
                needs(fields.get("needs"), hospital));
    }

    private Scenario.Needs needs(@Nullable Place place, Hospital hospital) {
        Fields fields = place == null ? null : Fields.of(place, problems, List.of("female", "isolation", "equipment"));
        if (fields == null) {
            return Scenario.Needs.USUAL;
        }
        boolean hasIsolation = fields.get("isolation") != null;
        Map<Isolation, Double> isolation = new EnumMap<>(Isolation.class);
        List<String> kinds =
                Arrays.stream(Isolation.values()).map(Isolation::name).toList();
        knownShares(fields, "isolation", kinds).forEach((kind, share) -> isolation.put(Isolation.valueOf(kind), share));
        return new Scenario.Needs(
                fields.get("female") == null ? null : fields.number("female", 0, 1, 0.5),
                hasIsolation ? isolation : null,
                knownShares(
                        fields,
                        "equipment",
                        hospital.equipment().keySet().stream().toList()));
    }

    private Map<String, Double> knownShares(Fields fields, String key, List<String> known) {
        Map<String, Double> shares = new LinkedHashMap<>();
        Place place = fields.get(key);
        Fields named = place == null ? null : Fields.of(place, problems, known);
        if (named != null) {
            named.forEach((name, at) -> {
                if (known.contains(name)) {
                    shares.put(name, named.number(at, 0, 1, 0));
                }
            });
        }
        return shares;
    }

    private @Nullable List<Scenario.Coming> comings(@Nullable Place place) {
        Fields origins = place == null
                ? null
                : Fields.of(place, problems, ORIGINS.keySet().stream().sorted().toList());
        if (origins == null) {
            return null;
        }
        List<Scenario.Coming> comings = new ArrayList<>();
        origins.forEach((name, at) -> {
            RequestOrigin origin = ORIGINS.get(name);
            Fields fields = Fields.of(at, problems, List.of("perDay", "byHour", "byWeekday", "byMonth"));
            if (origin != null && fields != null) {
                fields.require("perDay", "3.5");
                comings.add(new Scenario.Coming(
                        origin, fields.number("perDay", 0, BEDS_MAX, 0), profile(fields, usualProfile(origin))));
            }
        });
        return comings;
    }

    private static ArrivalProfile usualProfile(RequestOrigin origin) {
        return switch (origin) {
            case EMERGENCY_DEPARTMENT -> ArrivalProfile.EMERGENCY;
            case ELECTIVE -> ArrivalProfile.ELECTIVE;
            case OTHER_HOSPITAL, INTERNAL -> ArrivalProfile.DIRECT;
        };
    }

    private ArrivalProfile profile(Fields fields, ArrivalProfile usual) {
        ArrivalProfile profile = fields.get("byHour") == null && fields.get("byWeekday") == null
                ? usual
                : new ArrivalProfile(weights(fields, "byHour", HOURS), weights(fields, "byWeekday", WEEKDAYS));
        return fields.get("byMonth") == null ? profile : profile.inSeason(weights(fields, "byMonth", MONTHS));
    }

    private @Nullable Leaving leaving(@Nullable Place place) {
        if (place == null) {
            return null;
        }
        if (ANYTIME.equals(place.text())) {
            return Leaving.ANYTIME;
        }
        if (place.isScalar()) {
            problems.add(place, "unknown leaving " + place.shown(), "Write anytime or {byHour: [24], byWeekday: [7]}.");
            return null;
        }
        Fields fields = Fields.of(place, problems, List.of("byHour", "byWeekday"));
        return fields == null
                ? null
                : new Leaving(weights(fields, "byHour", HOURS), weights(fields, "byWeekday", WEEKDAYS));
    }

    /** As many as there must be, all alike where the file says nothing, or something wrong. */
    private double[] weights(Fields fields, String key, int count) {
        Place place = fields.get(key);
        double[] weights = fields.items(key).stream()
                .mapToDouble(item -> fields.number(item, 0, WEIGHT_MAX, 1))
                .toArray();
        if (weights.length == count && Arrays.stream(weights).sum() > 0) {
            return weights;
        }
        if (place != null) {
            problems.add(
                    place,
                    weights.length + " weights, there must be " + count + " and one of them above 0",
                    "Write one for each, from "
                            + (count == HOURS ? "midnight" : count == WEEKDAYS ? "Monday" : "January") + " on.");
        }
        return DoubleStream.generate(() -> 1).limit(count).toArray();
    }

    private Routine routine(@Nullable Place place) {
        Routine usual = Routine.USUAL;
        Fields fields = place == null ? null : Fields.of(place, problems, ROUTINE_KEYS);
        return fields == null
                ? usual
                : new Routine(
                        fields.number("minutesBetweenRounds", 0, 1_440, usual.minutesBetweenRounds()),
                        fields.number("emergencyStayHours", 0, 72, usual.emergencyStayHours()),
                        fields.number("transportMinutes", 0, 360, usual.transportMinutes()),
                        usual.aroundTheClock(),
                        (int) fields.number("bedsPerCleaningTeam", 0, BEDS_MAX, usual.bedsPerCleaningTeam()),
                        fields.number("refusals", 0, 1, usual.refusals()),
                        fields.number("cancellations", 0, 1, usual.cancellations()),
                        fields.number("emergencyPatienceHours", 0, 100_000, usual.emergencyPatienceHours()),
                        fields.number("electivePatienceHours", 0, 100_000, usual.electivePatienceHours()));
    }

    private List<Indicator> questions(Fields fields) {
        List<String> codes =
                Arrays.stream(Indicator.values()).map(Indicator::code).toList();
        List<Indicator> questions = new ArrayList<>();
        for (Place item : fields.items("questions")) {
            String code = String.valueOf(item.text());
            int found = codes.indexOf(code);
            if (found < 0) {
                problems.add(item, "unknown question " + item.shown(), Nearest.advice(code, codes));
            } else {
                questions.add(Indicator.values()[found]);
            }
        }
        return questions;
    }
}
