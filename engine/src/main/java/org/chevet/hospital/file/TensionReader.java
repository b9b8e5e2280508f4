package org.chevet.hospital.file;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.hospital.ActionCard;
import org.chevet.hospital.Identifiers;
import org.chevet.hospital.ServiceId;
import org.chevet.hospital.TensionLevel;
import org.chevet.hospital.TensionPolicy;
import org.chevet.hospital.TensionPolicy.ServiceThresholds;
import org.chevet.hospital.TensionPolicy.Thresholds;
import org.jspecify.annotations.Nullable;

/** Reads the section {@code tension}. */
final class TensionReader {
    private static final List<String> KEYS =
            List.of("hospital", "services", "dwellMinutes", "marginPoints", "noBedPercent", "alertsMax", "cards");
    private static final List<String> THRESHOLDS = List.of("watch", "tension", "crisis", "watchHours", "tensionHours");
    private static final List<String> CARD_KEYS =
            List.of("id", "title", "level", "service", "owner", "deadlineMinutes");
    private static final String STAND_IN = "?";
    private static final int DEADLINE_MINUTES = 60;

    private final Problems problems;
    private final Set<String> services;

    /** @param services of the hospital */
    TensionReader(Problems problems, Set<String> services) {
        this.problems = problems;
        this.services = services;
    }

    @Nullable
    TensionPolicy read(Place place) {
        Fields fields = Fields.of(place, problems, KEYS);
        if (fields == null) {
            return null;
        }
        TensionPolicy usual = TensionPolicy.DEFAULT;
        Place whole = fields.get("hospital");
        return new TensionPolicy(
                whole == null ? usual.hospital() : thresholds(whole, usual.hospital()),
                services(fields.get("services"), usual.hospital()),
                number(fields, "dwellMinutes", 0, TensionPolicy.DWELL_MINUTES_MAX, usual.dwellMinutes()),
                number(fields, "marginPoints", 0, TensionPolicy.MARGIN_POINTS_MAX, usual.marginPoints()),
                number(fields, "noBedPercent", 1, 100, usual.noBedPercent()),
                number(fields, "alertsMax", 1, TensionPolicy.ALERTS_MAX, usual.alertsMax()),
                fields.get("cards") == null ? usual.cards() : cards(fields));
    }

    private static int number(Fields fields, String key, int min, int max, int usual) {
        Integer written = fields.wholeNumber(key, min, max);
        return written == null ? usual : written;
    }

    private Thresholds thresholds(Place place, Thresholds usual) {
        Fields fields = Fields.of(place, problems, THRESHOLDS);
        if (fields == null) {
            return usual;
        }
        int watch = number(fields, "watch", 1, TensionPolicy.PERCENT_MAX, usual.watch());
        int tension = number(fields, "tension", 1, TensionPolicy.PERCENT_MAX, usual.tension());
        int crisis = number(fields, "crisis", 1, TensionPolicy.PERCENT_MAX, usual.crisis());
        if (watch > tension || tension > crisis) {
            problems.add(
                    place,
                    "thresholds watch " + watch + ", tension " + tension + ", crisis " + crisis + " do not rise",
                    "Write three numbers, each at least the one before; what is left out is " + usual.watch() + ", "
                            + usual.tension() + ", " + usual.crisis() + ".");
            return usual;
        }
        Integer watchHours = hours(fields, "watchHours", usual.watchHours());
        Integer tensionHours = hours(fields, "tensionHours", usual.tensionHours());
        if (watchHours != null && tensionHours != null && watchHours < tensionHours) {
            problems.add(
                    place,
                    "watchHours " + watchHours + " is less than tensionHours " + tensionHours,
                    "Saturation is watched for from further ahead than it makes tension.");
            return usual;
        }
        return new Thresholds(watch, tension, crisis, watchHours, tensionHours);
    }

    private static @Nullable Integer hours(Fields fields, String key, @Nullable Integer usual) {
        Integer written = fields.wholeNumber(key, 0, TensionPolicy.SATURATION_HOURS_MAX);
        return written == null ? usual : written;
    }

    private List<ServiceThresholds> services(@Nullable Place place, Thresholds usual) {
        Fields fields = place == null ? null : Fields.of(place, problems);
        List<ServiceThresholds> own = new ArrayList<>();
        if (fields != null) {
            fields.forEach((service, value) -> {
                if (isKnown(service, value)) {
                    own.add(new ServiceThresholds(new ServiceId(service), thresholds(value, usual)));
                }
            });
        }
        return own;
    }

    private boolean isKnown(String service, Place place) {
        if (!services.contains(service)) {
            problems.add(place, "unknown service '" + service + "'", Nearest.advice(service, services));
            return false;
        }
        return true;
    }

    private List<ActionCard> cards(Fields fields) {
        List<ActionCard> cards = new ArrayList<>();
        Map<String, Place> ids = new HashMap<>();
        for (Place item : fields.items("cards")) {
            Fields card = Fields.of(item, problems, CARD_KEYS);
            if (card != null) {
                cards.add(card(card, ids));
            }
        }
        if (cards.size() > TensionPolicy.CARDS_MAX) {
            problems.add(
                    fields.place(),
                    cards.size() + " action cards are more than " + TensionPolicy.CARDS_MAX,
                    "Keep those that somebody will act on.");
        }
        return cards;
    }

    private ActionCard card(Fields fields, Map<String, Place> ids) {
        Place idPlace = fields.require("id", "surge-beds");
        String id = idPlace == null ? null : fields.text(idPlace);
        if (idPlace != null && id != null) {
            if (!Identifiers.isValid(id)) {
                problems.add(
                        idPlace, "'" + id + "' is not an identifier", "Write it with " + Identifiers.PATTERN + ".");
            }
            Place earlier = ids.putIfAbsent(id, idPlace);
            if (earlier != null) {
                problems.add(
                        idPlace,
                        "card '" + id + "' is there already, on line " + earlier.line(),
                        "Give each its own id.");
            }
        }
        String title = fields.requireText("title", "Ouvrir les lits de surcapacité");
        String owner = fields.requireText("owner", "Cadre de garde");
        fields.require("level", "TENSION");
        return new ActionCard(
                id == null ? STAND_IN : id,
                title == null ? STAND_IN : title,
                fields.choice("level", TensionLevel.class, TensionLevel.TENSION),
                service(fields),
                owner == null ? STAND_IN : owner,
                number(fields, "deadlineMinutes", 1, ActionCard.DEADLINE_MINUTES_MAX, DEADLINE_MINUTES));
    }

    private @Nullable ServiceId service(Fields fields) {
        Place place = fields.get("service");
        String service = place == null ? null : fields.text(place);
        return place == null || service == null || !isKnown(service, place) ? null : new ServiceId(service);
    }
}
