package org.chevet.hospital;

import org.jspecify.annotations.Nullable;

/**
 * Fiche-réflexe: what somebody does when a level is reached.
 *
 * @param id the hospital's own short code
 * @param title what is to be done, in the hospital's language
 * @param level from which level on it stands on the screen
 * @param service whose level counts, null for the hospital's
 * @param owner who is to do it: a function, never a name
 * @param deadlineMinutes from when the level was reached until somebody must have taken it on
 */
public record ActionCard(
        String id,
        String title,
        TensionLevel level,
        @Nullable ServiceId service,
        String owner,
        int deadlineMinutes) {
    public static final int DEADLINE_MINUTES_MAX = 7 * 24 * 60;
}
