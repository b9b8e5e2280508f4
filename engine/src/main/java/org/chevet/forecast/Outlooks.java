package org.chevet.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.chevet.forecast.FlowRecord.Quantity;

/**
 * How many patients each service, and the hospital, is expected to have, to take in and to let go, as sums of what the projection has: before past errors
 * are looked at.
 */
final class Outlooks {
    /**
     * @param patients who are there then
     * @param entries until then
     * @param exits until then
     */
    record Outlook(Parts patients, Parts entries, Parts exits) {
        Parts of(Quantity quantity) {
            return switch (quantity) {
                case PATIENTS -> patients;
                case ENTRIES -> entries;
                case EXITS -> exits;
            };
        }
    }

    /** Bursts of arrivals are seen in windows of so many hours or longer. */
    private static final int BURST_HOURS = 8;

    private final FlowHistory history;
    private final FlowProjection projection;

    /** By service: the numbers that its patients have in the presence. */
    private final int[][] here;

    /** By horizon: {@link #cameVariance(int)}, which each service asks for. */
    private final double[] cameVariances;

    Outlooks(FlowHistory history, FlowProjection projection) {
        this.history = history;
        this.projection = projection;
        here = new int[projection.services][];
        for (int service = 0; service < here.length; service++) {
            here[service] = projection.presence.numbersIn(service);
        }
        cameVariances = IntStream.range(0, projection.hours.length)
                .mapToDouble(this::cameVariance)
                .toArray();
    }

    /**
     * From what the history itself knows of who is here.
     *
     * @param hours ahead of the last full hour that the history passed, ascending
     */
    static Outlooks of(FlowHistory history, int... hours) {
        double[][] noInflux = new double[history.flows().size()][hours[hours.length - 1]];
        return new Outlooks(history, new FlowProjection(history, history.presence(), history.hour(), hours, noInflux));
    }

    /** How many patients a service has now. */
    int patientsNow(int service) {
        return here[service].length;
    }

    /** Of a service by the number that the history gives it, or of the {@linkplain FlowRecord#WHOLE whole hospital}. */
    Outlook of(int number, int horizon) {
        return number == FlowRecord.WHOLE ? ofHospital(horizon) : ofService(number, horizon);
    }

    private Outlook ofService(int service, int horizon) {
        CountDistribution still = still(horizon, service);
        double outside = projection.unknownCame[horizon][service];
        double inside = projection.knownMovedIn[horizon][service] + projection.unknownMovedIn[horizon][service];
        double all = outside + projection.unknownMovedIn[horizon][service];
        double there = projection.unknown[horizon][service];
        double gone = Math.max(0, all - there);
        double direct = all == 0 ? 0 : outside / all;
        double bursts = all == 0 ? 0 : direct * bursts(horizon, service) / all;
        double ownLevel = cameVariance(horizon, service);
        double level = square(direct) * ownLevel + square(1 - direct) * cameVariances[horizon];
        double staysVariance = staysVariance(horizon, service);
        Parts patients = new Parts(
                still.plus(followers(projection.arrived[horizon], service, false)),
                projection.moved[horizon][service],
                there,
                square(there) * (bursts + level),
                staysVariance);
        Parts entries = new Parts(
                followers(projection.came[horizon], service, false),
                inside,
                outside,
                outside * bursts(horizon, service) + square(outside) * ownLevel,
                0);
        Parts exits = new Parts(
                still.negated().shifted(here[service].length),
                Math.max(0, projection.laterExits[horizon][service] - gone),
                gone,
                square(gone) * (bursts + level),
                staysVariance);
        return new Outlook(patients, entries, exits);
    }

    private CountDistribution still(int horizon, int service) {
        double[] stays = new double[here[service].length];
        for (int i = 0; i < stays.length; i++) {
            stays[i] = projection.still[horizon][here[service][i]];
        }
        return CountDistribution.poissonBinomial(stays);
    }

    /** By how much the variance of the number who come from outside is above its mean, divided by it. */
    private double bursts(int horizon, int service) {
        double came = projection.unknownCame[horizon][service];
        return came == 0 || projection.hours[horizon] < BURST_HOURS ? 0 : moreVariance(horizon, service) / came;
    }

    private double moreVariance(int horizon, int service) {
        List<ArrivalPattern> arrivals = history.flows().get(service).arrivals();
        double more = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            more += sum(projection.cameOn[horizon][service][i])
                    * (arrivals.get(i).dispersion() - 1);
        }
        return more;
    }

    /** Of the number who come from outside, divided by its square, as far as it was not learned for sure. */
    private double cameVariance(int horizon, int service) {
        List<ArrivalPattern> arrivals = history.flows().get(service).arrivals();
        double variance = levelVariance(horizon, service);
        for (int i = 0; i < arrivals.size(); i++) {
            double[] onWeekday = projection.cameOn[horizon][service][i];
            ArrivalPattern pattern = arrivals.get(i);
            variance += square(sum(onWeekday)) * pattern.dispersion() * pattern.weekdaysVariance(onWeekday);
        }
        double came = projection.unknownCame[horizon][service];
        return came == 0 ? 1 : variance / square(came);
    }

    private double levelVariance(int horizon, int service) {
        List<ArrivalPattern> arrivals = history.flows().get(service).arrivals();
        double variance = 0;
        for (int i = 0; i < arrivals.size(); i++) {
            variance += square(sum(projection.cameOn[horizon][service][i]))
                    * arrivals.get(i).relativeVariance();
        }
        return variance;
    }

    /** Of the number who are still there, as far as it was not learned for sure how soon they leave. */
    private double staysVariance(int horizon, int service) {
        return history.flows()
                .get(service)
                .stays
                .variance(projection.dependences[horizon][service], projection.partKnown());
    }

    private Outlook ofHospital(int horizon) {
        CountDistribution still = CountDistribution.poissonBinomial(stillInHospital(horizon));
        double came = sum(projection.unknownCame[horizon]);
        double there = sum(projection.unknown[horizon]);
        double gone = Math.max(0, came - there);
        double bursts = came == 0 ? 0 : bursts(horizon) / came;
        double level = cameVariances[horizon];
        double staysVariance = staysVariance(horizon);
        Parts patients = new Parts(
                still.plus(followers(projection.arrived[horizon], Presence.OUT, true)),
                0,
                there,
                square(there) * (bursts + level),
                staysVariance);
        Parts entries = new Parts(
                followers(projection.came[horizon], Presence.OUT, true), 0, came, square(came) * (bursts + level), 0);
        Parts exits = new Parts(
                still.negated().shifted(projection.presence.count),
                announcedGone(horizon),
                gone,
                square(gone) * (bursts + level),
                staysVariance);
        return new Outlook(patients, entries, exits);
    }

    private double bursts(int horizon) {
        double came = sum(projection.unknownCame[horizon]);
        double more = 0;
        for (int service = 0; service < projection.services; service++) {
            more += moreVariance(horizon, service);
        }
        return came == 0 || projection.hours[horizon] < BURST_HOURS ? 0 : more / came;
    }

    /** Services' levels and bursts do not know of each other, but their weekdays are learned together. */
    private double cameVariance(int horizon) {
        double variance = 0;
        for (int service = 0; service < projection.services; service++) {
            variance += levelVariance(horizon, service);
        }
        double came = sum(projection.unknownCame[horizon]);
        for (int i = 0; i < FlowProjection.PATTERNS; i++) {
            double[] onWeekday = new double[7];
            for (double[][] ofService : projection.cameOn[horizon]) {
                for (int weekday = 0; weekday < onWeekday.length; weekday++) {
                    onWeekday[weekday] += ofService[i][weekday];
                }
            }
            variance += square(sum(onWeekday)) * history.anyArrivals().get(i).weekdaysVariance(onWeekday);
        }
        return came == 0 ? 1 : variance / square(came);
    }

    /** Whoever leaves a service for another one is still in the hospital. */
    private double staysVariance(int horizon) {
        double[] onward = onward();
        double[] dependences = new double[StayPattern.DEPENDENCES];
        for (int service = 0; service < projection.services; service++) {
            double[] ofService = projection.dependences[horizon][service];
            for (int i = 0; i < dependences.length; i++) {
                dependences[i] += ofService[i] * (1 - onward[service]);
            }
        }
        return history.anyStay().variance(dependences, projection.partKnown());
    }

    /**
     * Of each patient here, the chance to be still in the hospital: where they are, where they are awaited, or anywhere else. How many are anywhere else is
     * known in sum; each has the part that the routes of where they left from give.
     */
    private double[] stillInHospital(int horizon) {
        Presence presence = projection.presence;
        double[] chances = new double[presence.count];
        System.arraycopy(projection.still[horizon], 0, chances, 0, chances.length);
        for (int i = 0; i < projection.followers; i++) {
            if (projection.followerPatient[i] != Presence.OUT) {
                chances[projection.followerPatient[i]] += projection.arrived[horizon][i];
            }
        }
        double[] onward = onward();
        double mayBe = 0;
        for (int i = 0; i < chances.length; i++) {
            mayBe += (1 - chances[i]) * onward[presence.service[i]];
        }
        double share = mayBe == 0 ? 0 : sum(projection.moved[horizon]) / mayBe;
        for (int i = 0; i < chances.length; i++) {
            double elsewhere = Math.min(1, share * onward[presence.service[i]]);
            chances[i] = Math.clamp(chances[i] + (1 - chances[i]) * elsewhere, 0, 1);
        }
        return chances;
    }

    /** By service, the share of those who leave it that goes to another one. */
    private double[] onward() {
        double[] onward = new double[projection.services];
        for (int service = 0; service < onward.length; service++) {
            for (int to = 0; to < onward.length; to++) {
                onward[service] += history.flows().get(service).route(to);
            }
        }
        return onward;
    }

    private double announcedGone(int horizon) {
        double gone = 0;
        for (int i = 0; i < projection.followers; i++) {
            if (projection.followerPatient[i] == Presence.OUT) {
                gone += projection.came[horizon][i] - projection.arrived[horizon][i];
            }
        }
        return gone;
    }

    /** @param announcedOnly of the whole hospital those who are not here yet; otherwise all of one service */
    private CountDistribution followers(double[] chances, int service, boolean announcedOnly) {
        double[] chosen = new double[projection.followers];
        int count = 0;
        for (int i = 0; i < chosen.length; i++) {
            boolean counts = announcedOnly
                    ? projection.followerPatient[i] == Presence.OUT
                    : projection.followerService[i] == service;
            if (counts) {
                chosen[count++] = Math.clamp(chances[i], 0, 1);
            }
        }
        return CountDistribution.poissonBinomial(Arrays.copyOf(chosen, count));
    }

    private static double sum(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum;
    }

    private static double square(double value) {
        return value * value;
    }
}
