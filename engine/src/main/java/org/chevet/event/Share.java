package org.chevet.event;

import java.util.List;

/**
 * How many of some patients: of those who need something, or go somewhere.
 *
 * @param of its code or id
 * @param share 0 to 1
 */
public record Share(String of, double share) {
    public static final int SERVICES_MAX = 1_000;

    /** Whether each service is named once, with somebody going there. */
    static boolean areOfServices(List<Share> services) {
        return services.size() <= SERVICES_MAX
                && services.stream().map(Share::of).distinct().count() == services.size()
                && services.stream().allMatch(service -> service.share() > 0 && service.share() <= 1);
    }
}
