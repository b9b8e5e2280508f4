package org.chevet.hospital;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a hospital sets of tension. Loads are in per cent of staffed beds: those with a patient, those awaited and those without a bed.
 *
 * @param hospital of the whole hospital
 * @param services of services that do not have the hospital's own
 * @param dwellMinutes how long a level stands before it may fall
 * @param marginPoints how many points below its threshold the load must be for a level to fall
 * @param noBedPercent from which probability of having no bed within hours there is vigilance at least; where it is foreseen
 * @param alertsMax how many alerts are shown at once; the others are counted
 * @param cards in the file's order
 */
public record TensionPolicy(
        Thresholds hospital,
        List<ServiceThresholds> services,
        int dwellMinutes,
        int marginPoints,
        int noBedPercent,
        int alertsMax,
        List<ActionCard> cards) {
    public static final int PERCENT_MAX = 300;
    public static final int DWELL_MINUTES_MAX = 24 * 60;
    public static final int MARGIN_POINTS_MAX = 50;
    public static final int ALERTS_MAX = 50;
    public static final int CARDS_MAX = 100;
    public static final int SATURATION_HOURS_MAX = 14 * 24;

    /** No threshold suits every service (studied ones range from 42 to 96 %); these are where a hospital begins. */
    public static final TensionPolicy DEFAULT =
            new TensionPolicy(new Thresholds(90, 97, 105), List.of(), 60, 3, 50, 5, defaultCards());

    /**
     * From which load on, in per cent, each level is reached; and from how few hours to saturation, if by those at all.
     *
     * @param watchHours null where saturation ahead is no reason for vigilance by itself
     * @param tensionHours null where it is none for tension
     */
    public record Thresholds(
            int watch,
            int tension,
            int crisis,
            @AddedLater @Nullable Integer watchHours,
            @AddedLater @Nullable Integer tensionHours) {
        public Thresholds(int watch, int tension, int crisis) {
            this(watch, tension, crisis, null, null);
        }

        public Thresholds {
            if (watchHours != null && tensionHours != null && watchHours < tensionHours) {
                throw new IllegalArgumentException(
                        "hours to saturation " + watchHours + ", " + tensionHours + " do not fall");
            }
            if (watch > tension || tension > crisis) {
                throw new IllegalArgumentException(
                        "thresholds " + watch + ", " + tension + ", " + crisis + " do not rise");
            }
        }

        /** The highest level whose threshold this load reaches, each lowered by {@code margin} points. */
        public TensionLevel level(double load, int margin) {
            if (load >= crisis - margin) {
                return TensionLevel.CRISIS;
            }
            if (load >= tension - margin) {
                return TensionLevel.TENSION;
            }
            return load >= watch - margin ? TensionLevel.WATCH : TensionLevel.NORMAL;
        }

        /** The highest level for which saturation is near enough. @param hours ahead, null when it is not foreseen */
        public TensionLevel levelOfSaturation(@Nullable Integer hours) {
            if (hours == null) {
                return TensionLevel.NORMAL;
            }
            if (tensionHours != null && hours <= tensionHours) {
                return TensionLevel.TENSION;
            }
            return watchHours != null && hours <= watchHours ? TensionLevel.WATCH : TensionLevel.NORMAL;
        }

        /** How few hours to saturation make this level, null where none do. */
        public @Nullable Integer hoursOf(TensionLevel level) {
            return switch (level) {
                case WATCH -> watchHours;
                case TENSION -> tensionHours;
                case NORMAL, CRISIS -> null;
            };
        }

        public int of(TensionLevel level) {
            return switch (level) {
                case NORMAL -> 0;
                case WATCH -> watch;
                case TENSION -> tension;
                case CRISIS -> crisis;
            };
        }
    }

    public record ServiceThresholds(ServiceId service, Thresholds thresholds) {}

    public TensionPolicy {
        services = List.copyOf(services);
        cards = List.copyOf(cards);
    }

    /** @param service null for the hospital */
    public Thresholds thresholds(@Nullable ServiceId service) {
        for (ServiceThresholds own : services) {
            if (own.service().equals(service)) {
                return own.thresholds();
            }
        }
        return hospital;
    }

    public @Nullable ActionCard card(String id) {
        for (ActionCard card : cards) {
            if (card.id().equals(id)) {
                return card;
            }
        }
        return null;
    }

    private static List<ActionCard> defaultCards() {
        return List.of(
                card(
                        "discharge-round",
                        "Tour des sorties dans chaque service",
                        TensionLevel.WATCH,
                        "Cadre de santé",
                        60),
                card("surge-beds", "Ouvrir les lits de surcapacité", TensionLevel.TENSION, "Directeur de garde", 60),
                card(
                        "cancel-electives",
                        "Déprogrammer les admissions non urgentes",
                        TensionLevel.TENSION,
                        "Bureau des admissions",
                        120),
                card(
                        "transfer-out",
                        "Demander des transferts vers d'autres hôpitaux",
                        TensionLevel.CRISIS,
                        "Gestionnaire de lits",
                        60),
                card("crisis-cell", "Réunir la cellule de crise", TensionLevel.CRISIS, "Directeur de garde", 30));
    }

    private static ActionCard card(String id, String title, TensionLevel level, String owner, int minutes) {
        return new ActionCard(id, title, level, null, owner, minutes);
    }
}
