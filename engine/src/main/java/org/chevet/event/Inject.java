package org.chevet.event;

import java.time.Instant;
import org.chevet.hospital.AddedLater;
import org.chevet.hospital.ServiceId;
import org.jspecify.annotations.Nullable;

/**
 * Something that happens in a drill because its director wants it to.
 *
 * @param due by the drill's clock
 * @param text what players are told, null for nothing
 * @param service where it happens; needed for a closed ward and a lack of staff
 * @param beds how many the staff that is left can look after, for a lack of staff only
 * @param victims who comes, for casualties only
 * @param ordinary who of the others still comes, null for all of them
 * @param minutes after which what it did is put back, for a closed ward, a lack of staff and an outage only; null when somebody says so
 */
public record Inject(
        String id,
        Instant due,
        InjectKind kind,
        @Nullable String text,
        @Nullable ServiceId service,
        @Nullable Integer beds,
        @Nullable Victims victims,
        @AddedLater @Nullable OrdinaryShare ordinary,
        @AddedLater @Nullable Integer minutes) {
    public static final int MINUTES_MAX = 60 * 24 * 60;

    /** That keeps nobody else away, and goes on until somebody ends it. */
    public Inject(
            String id,
            Instant due,
            InjectKind kind,
            @Nullable String text,
            @Nullable ServiceId service,
            @Nullable Integer beds,
            @Nullable Victims victims) {
        this(id, due, kind, text, service, beds, victims, null, null);
    }

    /** The same at another time. */
    public Inject at(Instant then) {
        return new Inject(id, then, kind, text, service, beds, victims, ordinary, minutes);
    }

    /** The same, until somebody ends it. */
    public Inject untilEnded() {
        return new Inject(id, due, kind, text, service, beds, victims, ordinary, null);
    }
}
