package org.chevet.simulations.future;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.chevet.forecast.FlowLaws;
import org.chevet.forecast.FlowLaws.OfService;
import org.chevet.simulations.demand.Draws;

/**
 * A hospital of flows from its live state on, hour by hour, under one plan. A stay in a service begins when a bed is asked for there, and so lasts as
 * long whether there is one or not; who waits keeps the bed they lie in, or has none, and the first come gets the next one. All that happens to
 * somebody is drawn by who they are, so under another plan the same people come and stay as long. Not thread-safe; may be used again for the next future.
 */
final class LiveFlow {
    private static final int HOURS = FlowLaws.HOURS;
    private static final int HOURS_PER_DAY = 24;

    /** A service whose level is known better than this has no luck of its own. */
    private static final double VARIANCE_MIN = 1e-9;

    /** Numbers of those here, announced, unannounced and besides begin this far from each other. */
    private static final long NUMBERS = 1L << 40;

    private enum Purpose {
        LEVEL,
        DAY,
        COUNT,
        HOUR,
        COMES,
        STAYS,
        AS_ASKED,
        GOES
    }

    private static final class Person {
        private final long number;
        private int service;

        /** Where they are to go, when somebody said so. */
        private int destination = FlowLaws.HOME;

        /** The service in whose bed they lie, none before they have one. */
        private int bed = FlowLaws.HOME;

        private boolean sentHome;

        /** Services that they left. */
        private int left;

        Person(long number, int service) {
            this.number = number;
            this.service = service;
        }
    }

    private final FlowLaws laws;
    private final FlowLaws.Plan plan;
    private final int services;
    private final double[] expectedByDay;
    private final Draws draws = new Draws();
    private final List<List<Person>> leaving = lists();
    private final List<List<Person>> coming = lists();
    private final List<LinkedHashSet<Person>> waiting;
    private final int[] occupied;
    private long future;

    LiveFlow(FlowLaws laws, FlowLaws.Plan plan) {
        this.laws = laws;
        this.plan = plan;
        services = laws.services().size();
        occupied = new int[services];
        waiting = Stream.generate(LinkedHashSet<Person>::new).limit(services).toList();
        expectedByDay = new double[services * Futures.DAYS];
        for (int i = 0; i < expectedByDay.length; i++) {
            double[] expected = laws.services().get(i / Futures.DAYS).coming();
            int first = i % Futures.DAYS * HOURS_PER_DAY;
            expectedByDay[i] = IntStream.range(first, first + HOURS_PER_DAY)
                    .mapToDouble(hour -> expected[hour])
                    .sum();
        }
    }

    private static List<List<Person>> lists() {
        return Stream.<List<Person>>generate(ArrayList::new).limit(HOURS).toList();
    }

    Course run(long seed, long number) {
        future = Draws.mixed(Draws.mixed(seed) + number);
        for (int service = 0; service < services; service++) {
            occupied[service] = 0;
            waiting.get(service).clear();
        }
        leaving.forEach(List::clear);
        coming.forEach(List::clear);
        settle();
        announce();
        for (int service = 0; service < services; service++) {
            expect(service);
        }
        Course course = new Course(services);
        int[] waits = new int[services];
        for (int hour = 0; hour < HOURS; hour++) {
            for (Person person : leaving.get(hour)) {
                leave(person, hour);
            }
            for (Person person : coming.get(hour)) {
                askForBed(person, hour);
            }
            giveBeds();
            for (int service = 0; service < services; service++) {
                waits[service] = waiting.get(service).size();
            }
            course.hour(hour + 1, occupied, waits, plan.beds());
        }
        return course;
    }

    private void settle() {
        int[] placed = new int[services];
        for (int i = 0; i < laws.here().size(); i++) {
            FlowLaws.Here here = laws.here().get(i);
            Person person = new Person(i, here.service());
            person.destination = here.destination();
            if (placed[person.service]++ < laws.services().get(person.service).lying()) {
                person.bed = person.service;
                occupied[person.service]++;
            } else {
                waiting.get(person.service).add(person);
            }
            int hour = firstPast(here.still(), draw(person, Purpose.STAYS));
            if (plan.goneWithin()[i] <= hour + 1) {
                person.sentHome = true;
                hour = plan.goneWithin()[i] - 1;
            }
            due(leaving, person, hour);
        }
    }

    /** The first hour at whose end the chance is not above that; chances fall. */
    private static int firstPast(float[] chances, double drawn) {
        int low = 0;
        int high = HOURS;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (chances[middle] <= drawn) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private void announce() {
        for (int i = 0; i < laws.awaited().size(); i++) {
            FlowLaws.Awaited awaited = laws.awaited().get(i);
            if (awaited.service() != FlowLaws.HOME && !plan.cancelled()[i]) {
                Person person = new Person(NUMBERS + i, awaited.service());
                double drawn = draw(person, Purpose.COMES);
                int hour = 0;
                while (hour < HOURS && awaited.come()[hour] <= drawn) {
                    hour++;
                }
                due(coming, person, hour);
            }
        }
    }

    /** Those whom nobody announced: the level of the service, the luck of the day, then one by one. */
    private void expect(int service) {
        OfService law = laws.services().get(service);
        double level = aroundOne(law.levelVariance(), Purpose.LEVEL, service);
        for (int day = 0; day < Futures.DAYS; day++) {
            int of = service * Futures.DAYS + day;
            double expected = expectedByDay[of];
            if (expected > 0) {
                double mean = expected * level * aroundOne((law.dispersion() - 1) / expected, Purpose.DAY, of);
                int count = mean == 0
                        ? 0
                        : PoissonSampler.of(draws.about(future, Purpose.COUNT.ordinal(), of), mean)
                                .sample();
                for (int i = 0; i < count; i++) {
                    Person person = new Person(2 * NUMBERS + ((long) of << 20) + i, service);
                    due(coming, person, hourOf(law.coming(), day, draw(person, Purpose.HOUR) * expected));
                }
            }
        }
        for (int hour = 0; hour < HOURS; hour++) {
            for (int i = 0; i < plan.influx()[service][hour]; i++) {
                due(coming, new Person(3 * NUMBERS + ((long) (service * HOURS + hour) << 20) + i, service), hour);
            }
        }
    }

    private static int hourOf(double[] expected, int day, double drawn) {
        int hour = day * HOURS_PER_DAY;
        int last = hour + HOURS_PER_DAY - 1;
        double left = drawn - expected[hour];
        while (left >= 0 && hour < last) {
            hour++;
            left -= expected[hour];
        }
        return hour;
    }

    /** A gamma's value of mean 1. */
    private double aroundOne(double variance, Purpose purpose, int index) {
        return variance < VARIANCE_MIN
                ? 1
                : AhrensDieterMarsagliaTsangGammaSampler.of(
                                draws.about(future, purpose.ordinal(), index), 1 / variance, variance)
                        .sample();
    }

    private void leave(Person person, int hour) {
        waiting.get(person.service).remove(person);
        int next = person.sentHome ? FlowLaws.HOME : destination(person);
        person.left++;
        if (next != FlowLaws.HOME) {
            person.service = next;
            askForBed(person, hour);
        } else if (person.bed != FlowLaws.HOME) {
            occupied[person.bed]--;
        }
    }

    private int destination(Person person) {
        if (person.left == 0
                && person.destination != FlowLaws.HOME
                && draw(person, Purpose.AS_ASKED) < laws.granting()) {
            return person.destination;
        }
        double[] routes = laws.services().get(person.service).routes();
        double drawn = draw(person, Purpose.GOES);
        for (int to = 0; to < services; to++) {
            drawn -= routes[to];
            if (drawn < 0) {
                return to;
            }
        }
        return FlowLaws.HOME;
    }

    private void askForBed(Person person, int hour) {
        OfService law = laws.services().get(person.service);
        double drawn = draw(person, Purpose.STAYS);
        double still = 1;
        int leaves = hour;
        while (still > drawn && leaves < HOURS) {
            leaves++;
            still *= leaves < HOURS ? 1 - law.leaves(leaves - hour, leaves) : 0;
        }
        due(leaving, person, leaves);
        if (person.bed != person.service) {
            waiting.get(person.service).add(person);
        }
    }

    /** Beds that are freed by who gets one elsewhere are given too. */
    private void giveBeds() {
        boolean given;
        do {
            given = false;
            for (int service = 0; service < services; service++) {
                LinkedHashSet<Person> queue = waiting.get(service);
                while (occupied[service] < plan.beds()[service] && !queue.isEmpty()) {
                    Person first = queue.removeFirst();
                    if (first.bed != FlowLaws.HOME) {
                        occupied[first.bed]--;
                    }
                    first.bed = service;
                    occupied[service]++;
                    given = true;
                }
            }
        } while (given);
    }

    private static void due(List<List<Person>> when, Person person, int hour) {
        if (hour < HOURS) {
            when.get(hour).add(person);
        }
    }

    private double draw(Person person, Purpose purpose) {
        return draws.about(Draws.mixed(future + person.number), purpose.ordinal(), person.left)
                .nextDouble();
    }
}
