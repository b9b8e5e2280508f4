package org.chevet.event;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the house of a drill answers those who need a bed.
 *
 * @param refusals share of the beds held that their service refuses, 0 to 1
 * @param emergencyPatience after which who waits without a bed is sent elsewhere; null for never
 * @param electivePatience likewise, put off
 */
public record OrdinaryRoutine(
        double refusals,
        @Nullable Duration emergencyPatience,
        @Nullable Duration electivePatience) {}
