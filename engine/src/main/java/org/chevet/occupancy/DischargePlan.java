package org.chevet.occupancy;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One statement of when a patient would leave.
 *
 * @param expected null when the plan was withdrawn
 */
public record DischargePlan(Instant statedAt, @Nullable Instant expected) {}
