package org.chevet.hospital;

import java.util.Arrays;
import java.util.List;

/**
 * What is good, in all of placement: which bed for whom. A rule that is never broken excludes a bed, unless a person overrides it; one
 * that is preferred costs points.
 */
public enum PlacementRule {
    BED_OCCUPIED(
            "bed-occupied",
            Kind.NEVER,
            "lit occupé, sans sortie prévue à temps",
            "bed taken, nobody due to leave in time"),
    BED_BLOCKED("bed-blocked", Kind.NEVER, "lit bloqué", "bed blocked"),
    BED_CLOSED("bed-closed", Kind.NEVER, "lit fermé", "bed closed"),
    BED_RESERVED("bed-reserved", Kind.NEVER, "lit réservé pour une autre demande", "bed reserved for another request"),
    STAFFED_CAPACITY(
            "staffed-capacity",
            Kind.NEVER,
            "tous les lits armés du service sont pris",
            "every staffed bed of the service is taken"),
    ROOM_FULL("room-full", Kind.NEVER, "chambre complète", "room full"),
    AGE("age", Kind.NEVER, "âge hors des limites du service", "age outside the service's limits"),
    SEX("sex", Kind.NEVER, "chambre ou service de l'autre sexe", "room or service of the other sex"),
    ISOLATION(
            "isolation",
            Kind.NEVER,
            "précautions d'isolement impossibles dans cette chambre",
            "isolation precautions cannot be kept in this room"),
    SINGLE_ROOM("single-room", Kind.NEVER, "chambre seule prescrite", "single room prescribed"),
    EQUIPMENT("equipment", Kind.NEVER, "équipement indispensable absent", "required equipment missing"),
    LEVEL_OF_CARE("level-of-care", Kind.NEVER, "niveau de soins insuffisant", "level of care too low"),
    SPECIALTY(
            "specialty",
            Kind.NEVER,
            "spécialité ni acceptée ni autorisée en hébergement",
            "specialty neither accepted nor an authorised fallback"),
    /** For a reason that time does not change: it is the patient whom the service cannot take. */
    REFUSED("refused", Kind.NEVER, "patient refusé par le service", "patient refused by the service"),

    /** Points for each place by which the specialty comes after the service's first. */
    SPECIALTY_RANK(
            "specialty-rank",
            Kind.PREFER,
            5,
            "rang de la spécialité dans le service",
            "the specialty's rank in the service"),
    /** Points for each place in the service's list of fallbacks, the first counted as one. */
    OUTLIER(
            "outlier",
            Kind.PREFER,
            40,
            "hébergement hors de la spécialité",
            "outlier: outside the specialty's own services"),
    /** Points if it is not the service that the request names. */
    SERVICE_WISHED("service-wished", Kind.PREFER, 20, "service souhaité", "the service wished for"),
    /** Points if the service refused it a short while ago, for a reason that may have passed since. */
    REFUSED_LATELY("refused-lately", Kind.PREFER, 60, "refusé il y a peu", "refused a short while ago"),
    /** Points for each piece that is missing. */
    EQUIPMENT_PREFERRED("equipment-preferred", Kind.PREFER, 10, "équipement souhaité", "equipment preferred"),
    SINGLE_ROOM_WISHED("single-room-wished", Kind.PREFER, 15, "chambre seule souhaitée", "single room wished"),
    /** Points if a single room goes to who neither needs nor wishes one. */
    SCARCE_SINGLE_ROOM(
            "scarce-single-room",
            Kind.PREFER,
            15,
            "garder les chambres seules",
            "single rooms are kept for who needs one"),
    /** Points if a room of negative or positive pressure goes to who does not need it. */
    SCARCE_PRESSURE(
            "scarce-pressure",
            Kind.PREFER,
            40,
            "garder les chambres à pression négative ou protégées",
            "rooms of negative pressure and protected ones are kept for who needs one"),
    /** Points for each level of care above the one needed, from intermediate care on. */
    SCARCE_MONITORED(
            "scarce-monitored",
            Kind.PREFER,
            60,
            "garder les lits de surveillance",
            "monitored beds are kept for who needs one"),
    /** Points if one of the beds that the service keeps for the emergency department goes to somebody else. */
    KEPT_FOR_EMERGENCIES(
            "kept-for-emergencies",
            Kind.PREFER,
            50,
            "garder les lits dus aux urgences (BJML)",
            "beds are kept for the emergency department, up to its minimal daily need"),
    /** Points for each hour between the need and the bed. */
    READY_SOONER("ready-sooner", Kind.PREFER, 10, "lit prêt plus tôt", "bed ready sooner"),
    /** Points if the patient lies in another bed. */
    MOVE("move", Kind.PREFER, 30, "éviter un déplacement", "a move is spared"),
    /** Points for a move between 23:00 and 06:00. */
    NIGHT_MOVE("night-move", Kind.PREFER, 40, "éviter un déplacement de nuit", "a night move is spared"),
    /** Points if the patient was in other services and not in this one. */
    EARLIER_SERVICE(
            "earlier-service",
            Kind.PREFER,
            10,
            "continuité avec un service précédent",
            "continuity with an earlier service"),
    /** Points if an empty shared room becomes one for a single sex. */
    SEX_FLEXIBILITY(
            "sex-flexibility",
            Kind.PREFER,
            10,
            "laisser une chambre ouverte aux deux sexes",
            "a room is left open to both sexes"),
    /** Points if patients who are requested or registered to come to the service during the stay do not all find a bed there any more. */
    COMING_RESERVATION(
            "coming-reservation",
            Kind.PREFER,
            30,
            "entrée attendue pendant le séjour",
            "an awaited patient needs the bed during the stay"),
    /** Points of a service that is full; of one that is less full, its part. */
    BALANCE_OF_LOAD("balance-of-load", Kind.PREFER, 20, "équilibre de la charge", "balance of load between services");

    public enum Kind {
        NEVER,
        PREFER
    }

    private final String code;
    private final Kind kind;
    private final int defaultPoints;
    private final String french;
    private final String english;

    PlacementRule(String code, Kind kind, String french, String english) {
        this(code, kind, 0, french, english);
    }

    PlacementRule(String code, Kind kind, int defaultPoints, String french, String english) {
        this.code = code;
        this.kind = kind;
        this.defaultPoints = defaultPoints;
        this.french = french;
        this.english = english;
    }

    /** As the hospital's file and programs name it. */
    public String code() {
        return code;
    }

    public Kind kind() {
        return kind;
    }

    /** Its weight where the hospital sets none, see {@link PlacementPolicy}. */
    public int defaultPoints() {
        return defaultPoints;
    }

    public String french() {
        return french;
    }

    public String english() {
        return english;
    }

    /** This rule's place in a mask of rules. */
    public int bit() {
        return 1 << ordinal();
    }

    public static List<PlacementRule> preferences() {
        return Arrays.stream(values()).filter(rule -> rule.kind == Kind.PREFER).toList();
    }
}
