package org.chevet.feed.hl7;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * HL7's DTM: {@code YYYY[MM[DD[HH[MM[SS[.S[S[S[S]]]]]]]]][+/-ZZZZ]} (v2.5, 2.A.22). What is left out is the earliest moment it
 * could be. Without an offset it is a time of the given zone: one that the clocks skip in spring is moved forward by what they
 * skip, one that they show twice in autumn is the first of the two.
 */
final class Hl7Time {
    private static final Pattern DTM = Pattern.compile(
            "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.(\\d{1,9}))?)?)?)?)?)?([+-]\\d{2}:?\\d{2})?");

    private static final int DAY_GROUP = 3;
    private static final int HOUR_GROUP = 4;
    private static final int FRACTION_GROUP = 7;
    private static final int OFFSET_GROUP = 8;
    private static final int NANOSECOND_DIGITS = 9;

    private Hl7Time() {}

    /** @return null when this is no time */
    static @Nullable Instant instant(String text, ZoneId zone) {
        return instant(text, zone, 0);
    }

    /**
     * @param hourUnstated the hour meant when only the day is given
     * @return null when this is no time
     */
    static @Nullable Instant instant(String text, ZoneId zone, int hourUnstated) {
        Matcher matcher = DTM.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    number(matcher, 1, 0),
                    number(matcher, 2, 1),
                    number(matcher, DAY_GROUP, 1),
                    number(matcher, HOUR_GROUP, hourUnstated),
                    number(matcher, 5, 0),
                    number(matcher, 6, 0),
                    nanoseconds(matcher.group(FRACTION_GROUP)));
            String offset = matcher.group(OFFSET_GROUP);
            return local.atZone(offset == null ? zone : ZoneOffset.of(offset)).toInstant();
        } catch (DateTimeException noSuchTime) {
            return null;
        }
    }

    /** @return null when this does not give a day */
    static @Nullable LocalDate date(String text) {
        Matcher matcher = DTM.matcher(text);
        if (!matcher.matches() || matcher.group(DAY_GROUP) == null) {
            return null;
        }
        try {
            return LocalDate.of(number(matcher, 1, 0), number(matcher, 2, 1), number(matcher, DAY_GROUP, 1));
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** The offset that this time carries, null when it carries none. */
    static @Nullable ZoneOffset offset(String text) {
        Matcher matcher = DTM.matcher(text);
        if (!matcher.matches() || matcher.group(OFFSET_GROUP) == null) {
            return null;
        }
        try {
            return ZoneOffset.of(matcher.group(OFFSET_GROUP));
        } catch (DateTimeException noSuchOffset) {
            return null;
        }
    }

    private static int number(Matcher matcher, int group, int unstated) {
        String digits = matcher.group(group);
        return digits == null ? unstated : Integer.parseInt(digits);
    }

    private static int nanoseconds(@Nullable String fraction) {
        return fraction == null
                ? 0
                : Integer.parseInt((fraction + "0".repeat(NANOSECOND_DIGITS)).substring(0, NANOSECOND_DIGITS));
    }
}
