package org.chevet.tension;

import org.chevet.occupancy.HospitalView;
import org.chevet.occupancy.HospitalView.OpenRequest;
import org.chevet.occupancy.ServiceView;
import org.chevet.occupancy.Stay;

/**
 * How many beds are needed now for the beds that can be looked after: domain.md's occupancy of staffed beds, with those who wait
 * counted as well. Above 100 % there are more patients than beds for them. Without thresholds, which are each hospital's own.
 *
 * <p>needed = beds with a patient + patients in a service who should have a bed and have none + open requests for patients who are in
 * no service yet, their bed reserved or not.
 *
 * @param needed beds
 * @param staffed beds that the present staff can look after
 */
public record Tension(int needed, int staffed) {
    /** Takes as long as there are services and open requests: tens of each. */
    public static Tension of(HospitalView view) {
        int needed = 0;
        int staffed = 0;
        for (ServiceView service : view.services()) {
            needed += service.counts().occupied() + service.counts().withoutBed();
            staffed += service.counts().staffed();
        }
        for (OpenRequest request : view.requests()) {
            if (!isForSomebodyInAService(request, view)) {
                needed++;
            }
        }
        return new Tension(needed, staffed);
    }

    /** Who waits in an emergency department that is none of the services is not counted with one. */
    private static boolean isForSomebodyInAService(OpenRequest request, HospitalView view) {
        if (request.request().stay() == null) {
            return false;
        }
        Stay stay = view.stays().get(request.request().stay());
        return stay != null && view.serviceOf(stay) != null;
    }
}
