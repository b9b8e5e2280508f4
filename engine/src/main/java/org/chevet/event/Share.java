package org.chevet.event;

/**
 * How many of some patients: of those who need something, or go somewhere.
 *
 * @param of its code or id
 * @param share 0 to 1
 */
public record Share(String of, double share) {}
