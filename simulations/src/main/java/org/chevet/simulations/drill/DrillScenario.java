package org.chevet.simulations.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.chevet.event.Inject;
import org.chevet.event.InjectKind;
import org.chevet.event.Victims;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.LevelOfCare;
import org.chevet.hospital.Service;
import org.jspecify.annotations.Nullable;

/** What a drill can be opened with, for any hospital: injects by the minute, which its director may withdraw and add to. */
public enum DrillScenario {
    /** A bus and two cars: an alert, casualties in two waves, relatives, and the press. */
    MASS_CASUALTIES {
        @Override
        void plan(Plan plan) {
            plan.message(2, "SAMU : accident d’autocar, nombreuses victimes. Plan blanc à l’étude.");
            plan.victims(15, new Victims(6, 12, 8, 45));
            plan.message(30, "SAMU : second point de regroupement, autant de victimes à prévoir.");
            plan.victims(60, new Victims(6, 14, 12, 60));
            plan.message(90, "La presse et les familles appellent le standard.");
        }
    },
    /** An outbreak closes the largest ward of acute care, and its staff is missing elsewhere. */
    WARD_OUTBREAK {
        @Override
        void plan(Plan plan) {
            Service ward = plan.largest(LevelOfCare.ACUTE, 0);
            Service next = plan.largest(LevelOfCare.ACUTE, 1);
            plan.message(2, "Hygiène : cas groupés confirmés, fermeture d’un service demandée.");
            plan.at(10, InjectKind.WARD_CLOSED, "Plus d’entrée jusqu’à nouvel ordre.", ward, null);
            plan.at(60, InjectKind.STAFF_SHORTAGE, "Arrêts maladie dans l’équipe.", next, twoThirds(next));
            plan.victims(120, new Victims(0, 10, 0, 240));
        }
    },
    /** The current fails in intensive care while the emergency department is full. */
    POWER_CUT {
        @Override
        void plan(Plan plan) {
            plan.message(1, "Services techniques : coupure, les groupes n’ont pas démarré partout.");
            plan.at(3, InjectKind.OUTAGE, "Plus de courant secouru sur les lits libres.", plan.mostIntensive(), null);
            plan.at(10, InjectKind.OUTAGE, "Serveurs arrêtés : téléphone et papier.", null, null);
            plan.victims(20, new Victims(2, 6, 0, 120));
        }
    };

    abstract void plan(Plan plan);

    /** By the name that {@link #id} gives; null when there is no such one. */
    public static @Nullable DrillScenario of(String id) {
        return Arrays.stream(values())
                .filter(scenario -> scenario.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What is to happen in a hospital, the first due first. */
    public List<Inject> injects(Hospital hospital, Instant begin) {
        Plan plan = new Plan(hospital, begin);
        plan(plan);
        return plan.injects;
    }

    private static @Nullable Integer twoThirds(@Nullable Service service) {
        return service == null ? null : service.staffedBeds() * 2 / 3;
    }

    private static final class Plan {
        private final Hospital hospital;
        private final Instant begin;
        private final List<Inject> injects = new ArrayList<>();

        Plan(Hospital hospital, Instant begin) {
            this.hospital = hospital;
            this.begin = begin;
        }

        void message(int minutes, String text) {
            at(minutes, InjectKind.MESSAGE, text, null, null);
        }

        void victims(int minutes, Victims victims) {
            injects.add(new Inject(id(), due(minutes), InjectKind.VICTIMS, null, null, null, victims));
        }

        /** What needs a service that the hospital has not is left out. */
        void at(int minutes, InjectKind kind, String text, @Nullable Service service, @Nullable Integer beds) {
            boolean somewhere = kind == InjectKind.WARD_CLOSED || kind == InjectKind.STAFF_SHORTAGE;
            if (service != null || !somewhere) {
                injects.add(
                        new Inject(id(), due(minutes), kind, text, service == null ? null : service.id(), beds, null));
            }
        }

        /** By the number of its beds, 0 for the largest; null when there are not as many. */
        @Nullable
        Service largest(LevelOfCare level, int rank) {
            return hospital.services().stream()
                    .filter(service -> service.levelOfCare() == level)
                    .sorted(Comparator.comparing(Service::staffedBeds).reversed())
                    .skip(rank)
                    .findFirst()
                    .orElse(null);
        }

        @Nullable
        Service mostIntensive() {
            return hospital.services().stream()
                    .max(Comparator.comparing(Service::levelOfCare).thenComparing(Service::staffedBeds))
                    .orElse(null);
        }

        private String id() {
            return "S" + (injects.size() + 1);
        }

        private Instant due(int minutes) {
            return begin.plus(Duration.ofMinutes(minutes));
        }
    }
}
