package org.chevet.simulations.demo;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.chevet.event.Origin;
import org.chevet.event.Role;
import org.chevet.hospital.Patient;
import org.chevet.hospital.Service;
import org.chevet.hospital.Sex;
import org.chevet.hospital.SexPolicy;
import org.chevet.simulations.demand.CareProfile;

/** Patients and staff: common French names put together by chance. Nobody in particular. */
final class People {
    static final Origin.Person BED_MANAGER = new Origin.Person("Claire Lambert", Role.BED_MANAGER);
    static final Origin.Person NIGHT_BED_MANAGER = new Origin.Person("Yann Le Goff", Role.BED_MANAGER);
    static final Origin.Person EMERGENCY_NURSE = new Origin.Person("Inès Moreau", Role.NURSE);
    static final Origin.Person WARD_NURSE = new Origin.Person("Paul Renaud", Role.NURSE);
    static final Origin.Person NURSE_MANAGER = new Origin.Person("Sophie Garnier", Role.NURSE_MANAGER);
    static final Origin.Person PHYSICIAN = new Origin.Person("Dr Karim Benali", Role.PHYSICIAN);
    static final Origin.Person CLEANER = new Origin.Person("Équipe bionettoyage", Role.CLEANING);
    static final Origin.Person ADMISSIONS = new Origin.Person("Bureau des entrées", Role.ADMISSIONS_OFFICE);

    private static final List<String> FAMILY_NAMES = List.of(
            "MARTIN",
            "BERNARD",
            "THOMAS",
            "PETIT",
            "ROBERT",
            "RICHARD",
            "DURAND",
            "DUBOIS",
            "MOREAU",
            "LAURENT",
            "SIMON",
            "MICHEL",
            "LEFEBVRE",
            "LEROY",
            "ROUX",
            "DAVID",
            "BERTRAND",
            "MOREL",
            "FOURNIER",
            "GIRARD",
            "BONNET",
            "DUPONT",
            "LAMBERT",
            "FONTAINE",
            "ROUSSEAU",
            "VINCENT",
            "MULLER",
            "LEFEVRE",
            "FAURE",
            "ANDRE",
            "MERCIER",
            "BLANC",
            "GUERIN",
            "BOYER",
            "GARNIER",
            "CHEVALIER",
            "FRANCOIS",
            "LEGRAND",
            "GAUTHIER",
            "GARCIA",
            "PERRIN",
            "ROBIN",
            "CLEMENT",
            "MORIN",
            "NICOLAS",
            "HENRY",
            "ROUSSEL",
            "MATHIEU",
            "GAUTIER",
            "MASSON",
            "MARCHAND",
            "DUVAL",
            "DENIS",
            "DUMONT",
            "MARIE",
            "LEMAIRE",
            "NOEL",
            "MEYER",
            "DUFOUR",
            "MEUNIER",
            "BRUN",
            "BLANCHARD",
            "GIRAUD",
            "JOLY",
            "RIVIERE",
            "LUCAS",
            "BRUNET",
            "GAILLARD",
            "BARBIER",
            "ARNAUD",
            "MARTINEZ",
            "GERARD",
            "ROCHE",
            "RENARD",
            "SCHMITT",
            "ROY",
            "LEROUX",
            "COLIN",
            "VIDAL",
            "CARON",
            "PICARD",
            "ROGER",
            "FABRE",
            "AUBERT",
            "LEMOINE",
            "RENAUD",
            "DUMAS",
            "LACROIX",
            "OLIVIER",
            "PHILIPPE",
            "BOURGEOIS",
            "PIERRE",
            "BENOIT",
            "REY",
            "LECLERC",
            "PAYET",
            "ROLLAND",
            "LECLERCQ",
            "GUILLAUME",
            "LECOMTE",
            "LOPEZ",
            "JEAN",
            "DUPUY",
            "GUILLOT",
            "HUBERT",
            "BERGER",
            "CARPENTIER",
            "SANCHEZ",
            "DUPUIS",
            "MOULIN",
            "LOUIS",
            "DESCHAMPS",
            "HUET",
            "VASSEUR",
            "PEREZ",
            "BOUCHER",
            "FLEURY",
            "ROYER",
            "KLEIN",
            "JACQUET",
            "ADAM",
            "PARIS",
            "POIRIER",
            "MARTY",
            "AUBRY",
            "GUYOT",
            "CARRE",
            "CHARLES",
            "RENAULT",
            "CHARPENTIER",
            "MENARD",
            "MAILLARD",
            "BARON",
            "BERTIN",
            "BAILLY",
            "HERVE",
            "SCHNEIDER",
            "FERNANDEZ",
            "LE GALL",
            "COLLET",
            "LEGER",
            "BOUVIER",
            "JULIEN",
            "PREVOST",
            "MILLET");

    private static final List<String> WOMEN = List.of(
            "Marie",
            "Jeanne",
            "Françoise",
            "Monique",
            "Catherine",
            "Nathalie",
            "Isabelle",
            "Jacqueline",
            "Anne",
            "Sylvie",
            "Martine",
            "Madeleine",
            "Nicole",
            "Suzanne",
            "Hélène",
            "Christine",
            "Louise",
            "Denise",
            "Christiane",
            "Valérie",
            "Sophie",
            "Stéphanie",
            "Sandrine",
            "Céline",
            "Chantal",
            "Simone",
            "Véronique",
            "Patricia",
            "Yvonne",
            "Brigitte",
            "Émilie",
            "Aurélie",
            "Camille",
            "Léa",
            "Manon",
            "Fatima",
            "Nadia",
            "Julie");

    private static final List<String> MEN = List.of(
            "Jean",
            "Pierre",
            "Michel",
            "André",
            "Philippe",
            "René",
            "Louis",
            "Alain",
            "Jacques",
            "Bernard",
            "Marcel",
            "Daniel",
            "Roger",
            "Robert",
            "Paul",
            "Claude",
            "Christian",
            "Henri",
            "Georges",
            "Nicolas",
            "François",
            "Patrick",
            "Gérard",
            "Christophe",
            "Julien",
            "Laurent",
            "Frédéric",
            "Éric",
            "David",
            "Stéphane",
            "Pascal",
            "Alexandre",
            "Thomas",
            "Antoine",
            "Mohamed",
            "Karim",
            "Hugo",
            "Lucas");

    private static final List<String> GIRLS =
            List.of("Emma", "Jade", "Alice", "Chloé", "Lina", "Rose", "Anna", "Inès", "Mila");
    private static final List<String> BOYS =
            List.of("Gabriel", "Léo", "Raphaël", "Arthur", "Louis", "Adam", "Jules", "Noah", "Sacha");

    private static final int ADULT_AGE_YEARS = 18;
    private static final int NEWBORN_DAYS_MAX = 12;

    private final Dice dice;
    private final Numbers numbers;
    private final ZoneId zone;

    People(Dice dice, Numbers numbers, ZoneId zone) {
        this.dice = dice;
        this.numbers = numbers;
        this.zone = zone;
    }

    Origin.Person bedManager(Instant at) {
        int hour = at.atZone(zone).getHour();
        return hour >= 7 && hour < 20 ? BED_MANAGER : NIGHT_BED_MANAGER;
    }

    /** Somebody this service takes, of an age it usually sees. */
    Patient patient(Service service, CareProfile profile, Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        Sex sex = sexFor(service.sexPolicy());
        LocalDate birth;
        int age;
        if (service.ages().toYears() == 0) {
            age = 0;
            birth = today.minusDays(dice.whole(0, NEWBORN_DAYS_MAX));
        } else {
            // A year inside both ends, so that nobody is too old or too young by the time they come.
            int youngest =
                    Math.min(service.ages().fromYears() + 1, service.ages().toYears());
            int oldest = Math.max(youngest, Math.min(service.ages().toYears() - 1, 103));
            age = (int)
                    Math.clamp(Math.round(dice.normal(profile.ageYears(), profile.ageYearsSpread())), youngest, oldest);
            birth = today.minusYears(age).minusDays(dice.whole(1, 360));
        }
        return patient(sex, age, birth, at);
    }

    /** Anybody of that age. */
    Patient patient(int ageYears, Instant at) {
        LocalDate today = at.atZone(zone).toLocalDate();
        return patient(
                sexFor(SexPolicy.MIXED), ageYears, today.minusYears(ageYears).minusDays(dice.whole(1, 360)), at);
    }

    private Patient patient(Sex sex, int ageYears, LocalDate birth, Instant at) {
        return new Patient(numbers.patient(at), dice.pick(FAMILY_NAMES), givenName(sex, ageYears), sex, birth);
    }

    private Sex sexFor(SexPolicy policy) {
        return switch (policy) {
            case WOMEN -> Sex.FEMALE;
            case MEN -> Sex.MALE;
            case MIXED, SAME_SEX -> dice.chance(0.5) ? Sex.FEMALE : Sex.MALE;
        };
    }

    private String givenName(Sex sex, int age) {
        if (age < ADULT_AGE_YEARS) {
            return dice.pick(sex == Sex.FEMALE ? GIRLS : BOYS);
        }
        return dice.pick(sex == Sex.FEMALE ? WOMEN : MEN);
    }
}
