package org.chevet.hospital;

/** Where HL7 v2 says a bed is: the first three components of a PL field (point of care, room, bed). */
public record PointOfCare(String unit, String room, String bed) {
    @Override
    public String toString() {
        return unit + "^" + room + "^" + bed;
    }
}
