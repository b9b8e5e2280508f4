package org.chevet.simulations.benchmark;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What one sender of ADT messages sends, in the proportions of a French feed: of a hundred messages 29 are Z99, 22 A28, 14 A03, 10
 * A05, 9 A04; a bed is stated in one of seven. Each sender has its own visits. One thread.
 */
final class FeedTraffic {
    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyyMMddHHmmss");
    private static final int SERVICES = 25;
    private static final int ROOMS = 20;

    private final int sender;
    private final Deque<String> coming = new ArrayDeque<>();
    private LocalDateTime now = LocalDateTime.of(2026, 1, 5, 8, 0);
    private int visits;
    private int messages;

    /** @param sender its number, from 0 */
    FeedTraffic(int sender) {
        this.sender = sender;
    }

    /** The next message, without a frame. */
    String next() {
        if (coming.isEmpty()) {
            liveThroughAVisit();
        }
        return coming.removeFirst();
    }

    private void liveThroughAVisit() {
        int visit = visits++;
        String service = "S" + (sender * 7 + visit) % SERVICES;
        boolean placed = visit % 2 == 0;
        String place = placed ? service + "^" + service + "-" + (sender + visit) % ROOMS + "^P" : service;
        coming.add(message("A28", visit, "", ""));
        if (visit % 2 == 0) {
            coming.add(message("A28", visit, "", ""));
            coming.add(message("A05", visit, "", movement(visit, 1, "INSERT", "")));
            coming.add(message("Z99", visit, "", movement(visit, 1, "UPDATE", "A05")));
            coming.add(message("A01", visit, place, movement(visit, 2, "INSERT", "")));
            coming.add(message("Z99", visit, service, movement(visit, 2, "UPDATE", "A01")));
        } else {
            coming.add(message("A04", visit, service, movement(visit, 2, "INSERT", "")));
            coming.add(message("Z99", visit, service, movement(visit, 2, "UPDATE", "A04")));
        }
        if (visit % 5 == 0) {
            coming.add(message("A02", visit, "S" + (sender + visit + 1) % SERVICES, movement(visit, 3, "INSERT", "")));
            coming.add(message("A31", visit, "", ""));
        }
        coming.add(message("A03", visit, service, movement(visit, 4, "INSERT", "")));
    }

    private String movement(int visit, int number, String action, String original) {
        now = now.plusSeconds(61);
        String unit = "^^^^^CHU^UF^^^S" + (sender * 7 + visit) % SERVICES;
        return "ZBE|" + sender + "." + visit + "." + number + "^CHU|" + SECONDS.format(now) + "||" + action + "|N|"
                + original + "|" + unit + "|" + unit + "|HMS\r";
    }

    private String message(String trigger, int visit, String place, String movement) {
        String time = SECONDS.format(now);
        String number = sender + "." + visit;
        return "MSH|^~\\&|GAM|CHU|CHEVET|CHU|" + time + "||ADT^" + trigger + "^ADT_A01|" + sender + "-" + messages++
                + "|P|2.5^FRA^2.11|||||FRA|UNICODE UTF-8|FR||2.11^IHE_FRANCE-2.11-PAM\r"
                + "EVN||" + time + "||||" + time + "\r"
                + "PID|1||8" + number + "^^^CHU^PI~1570499" + visit
                + "^^^ASIP-SANTE-INS-NIR&1.2.250.1.213.1.4.8&ISO^INS||"
                + "FICTIF-" + visit + "^Andr\u00e9e^^^^^L||19570411|F|||12 rue de l'Exemple^^TALENCE^^33400^FRA^H"
                + "||^PRN^PH^^^^^^^^^0500000000|||||" + number + "^^^CHU^AN\r"
                + "PV1|1|I|" + place + "||||||||||||||||" + number + "^^^CHU^VN"
                + "|".repeat(22) + "V\r"
                + movement;
    }
}
