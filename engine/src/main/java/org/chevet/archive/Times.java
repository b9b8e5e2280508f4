package org.chevet.archive;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Times as other systems write them. */
final class Times {
    /** What may be repeated to whoever reads the messages: in a mixed-up file a field may be somebody's name. */
    private static final Pattern LIKE_A_TIME = Pattern.compile("[0-9 TZ:./+-]{1,40}");

    private Times() {}

    /**
     * ISO 8601, also with a space before the hour; without a zone the hospital's, and of two times that are called alike when clocks are set back, the
     * earlier. Null when it is none, and when clocks were {@linkplain #isSkipped set forward over it}.
     */
    static @Nullable ZonedDateTime read(String text, ZoneId zone) {
        return switch (parse(text)) {
            case ZonedDateTime time -> time;
            case LocalDateTime local when !isSkipped(local, zone) -> local.atZone(zone);
            case null, default -> null;
        };
    }

    /** Whether it is a time that no clock of the hospital's showed: that hour was left out when clocks were set forward. */
    static boolean isSkipped(String text, ZoneId zone) {
        return parse(text) instanceof LocalDateTime local && isSkipped(local, zone);
    }

    private static boolean isSkipped(LocalDateTime local, ZoneId zone) {
        return zone.getRules().getValidOffsets(local).isEmpty();
    }

    private static @Nullable TemporalAccessor parse(String text) {
        String iso =
                text.length() > 10 && text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        try {
            return DateTimeFormatter.ISO_DATE_TIME.parseBest(iso, ZonedDateTime::from, LocalDateTime::from);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Null when it is none. */
    static @Nullable LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** The text, where it is surely nobody's name; otherwise nothing. */
    static String quoted(String text) {
        return LIKE_A_TIME.matcher(text).matches() ? " '" + text + "'" : "";
    }
}
