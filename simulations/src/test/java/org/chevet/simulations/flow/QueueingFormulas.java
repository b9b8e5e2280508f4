package org.chevet.simulations.flow;

/** What theory says of servers that never tire, by Erlang (1917). */
public final class QueueingFormulas {
    private QueueingFormulas() {}

    /** Share of arrivals that find all servers busy and go away; holds for any length of stay (M/G/c/c). */
    public static double lost(int servers, double load) {
        double lost = 1;
        for (int server = 1; server <= servers; server++) {
            lost = load * lost / (server + load * lost);
        }
        return lost;
    }

    /** Share of arrivals that wait, for exponential stays (M/M/c), load below the servers. */
    public static double waiting(int servers, double load) {
        double busy = load / servers;
        double lost = lost(servers, load);
        return lost / (1 - busy * (1 - lost));
    }
}
