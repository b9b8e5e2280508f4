package org.chevet.simulations.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chevet.hospital.Isolation;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/** Something that happens to the hospital at its hour, whatever anybody does. */
public sealed interface Inject {
    /** Hours from the beginning of the days that are counted. */
    double atHours();

    /** In the order of the file. */
    String name();

    /**
     * Many hurt at once.
     *
     * @param graves in vital danger (UA), by service
     * @param others who need a bed (UR), by service
     * @param involved impliqués, who need none: they come to drills, the simulator leaves them out
     * @param overHours within which they arrive, most of them early
     */
    record MassCasualties(
            String name,
            double atHours,
            Map<ServiceId, Integer> graves,
            Map<ServiceId, Integer> others,
            int involved,
            double overHours)
            implements Inject {
        // In the order of the file: so the same seed is the same history in every process.
        public MassCasualties {
            graves = Collections.unmodifiableMap(new LinkedHashMap<>(graves));
            others = Collections.unmodifiableMap(new LinkedHashMap<>(others));
        }
    }

    /**
     * Patients who come more and more and then less and less: epidemic, flu, bronchiolitis, heat.
     *
     * @param peakPerDay admissions on the day of the peak
     * @param peakAfterDays from the beginning
     * @param doublingDays in which they double before the peak; where rounded, far from it
     * @param halvingDays in which they halve after it; where rounded, far from it
     * @param rounded whether growth passes into decline smoothly, and not from one day to the next
     * @param services where they need a bed, with each one's share at the beginning
     * @param servicesLater likewise from then on, in a straight line until then; the same when it is empty
     * @param laterAfterDays from the beginning
     * @param stayDays median of their stays, null for each service's own
     * @param otherEmergencies share of the usual emergencies that come on the day of the peak
     */
    record Wave(
            String name,
            double atHours,
            double peakPerDay,
            double peakAfterDays,
            double doublingDays,
            double halvingDays,
            boolean rounded,
            Map<ServiceId, Double> services,
            Map<ServiceId, Double> servicesLater,
            double laterAfterDays,
            @Nullable Double stayDays,
            double ageYears,
            double ageYearsSpread,
            Isolation isolation,
            @Nullable String organism,
            double otherEmergencies)
            implements Inject {
        public Wave {
            services = Collections.unmodifiableMap(new LinkedHashMap<>(services));
            servicesLater = Collections.unmodifiableMap(new LinkedHashMap<>(servicesLater));
        }

        /** In which somebody needs a bed at any time, in the order of the file. */
        public Set<ServiceId> everyService() {
            Set<ServiceId> every = new LinkedHashSet<>(services.keySet());
            every.addAll(servicesLater.keySet());
            return every;
        }

        /** Of those who come at a number of days after the beginning, who need a bed in that service. */
        public double share(ServiceId service, double day) {
            double first = services.getOrDefault(service, 0.0);
            if (servicesLater.isEmpty()) {
                return first;
            }
            double passed = Math.clamp(day / laterAfterDays, 0, 1);
            return first + passed * (servicesLater.getOrDefault(service, 0.0) - first);
        }

        /**
         * Of the peak, at a number of days after the beginning. With rates g of growth and d of decline (ln 2 over the days), u days after the peak:
         * {@code min(e^(g u), e^(-d u))}; rounded, {@code (g + d) / (d e^(-g u) + g e^(d u))}, which is 1 at the peak as well and has the same rates far from it.
         */
        public double height(double day) {
            if (day < 0) {
                return 0;
            }
            double growing = Math.pow(2, (day - peakAfterDays) / doublingDays);
            double declining = Math.pow(2, (peakAfterDays - day) / halvingDays);
            return rounded
                    ? (doublingDays + halvingDays) / (doublingDays / growing + halvingDays / declining)
                    : Math.min(growing, declining);
        }
    }

    /**
     * Beds that take nobody any more: a ward closed by an outbreak, a power cut.
     *
     * @param share of the beds of these services
     * @param evacuated whether those who lie there must be moved at once; otherwise they stay until they leave
     */
    record BedsLost(String name, double atHours, double days, List<ServiceId> services, double share, boolean evacuated)
            implements Inject {
        public BedsLost {
            services = List.copyOf(services);
        }
    }

    /**
     * The computers are down: beds are given by telephone.
     *
     * @param minutesBetweenRounds in which whoever gives beds gets an overview
     * @param emergencies share of the usual ones that still come here
     * @param electives likewise
     */
    record InformationLost(
            String name, double atHours, double days, int minutesBetweenRounds, double emergencies, double electives)
            implements Inject {}

    /** @param share of the staffed beds of every service that nobody can look after */
    record StaffShortage(String name, double atHours, double days, double share) implements Inject {}
}
