package org.chevet.journal;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Writes times as {@link Instant#toString} does, and reads them. A busy hour or a replay has millions: a formatter that can do
 * more takes ten times as long.
 */
final class InstantText {
    private static final byte[] SHAPE = "0000-00-00T00:00:00".getBytes(StandardCharsets.US_ASCII);
    private static final int NANO_DIGITS = 9;
    private static final int SECONDS_PER_DAY = 86_400;
    /** Of the years 0000 to 9999, which have four digits and no sign. */
    private static final long SECOND_FIRST = LocalDate.of(0, 1, 1).toEpochDay() * SECONDS_PER_DAY;

    private static final long SECOND_END = LocalDate.of(10_000, 1, 1).toEpochDay() * SECONDS_PER_DAY;

    private InstantText() {}

    static String write(Instant time) {
        if (time.getEpochSecond() < SECOND_FIRST || time.getEpochSecond() >= SECOND_END) {
            return time.toString();
        }
        long days = Math.floorDiv(time.getEpochSecond(), (long) SECONDS_PER_DAY);
        LocalDate day = LocalDate.ofEpochDay(days);
        int second = (int) (time.getEpochSecond() - days * SECONDS_PER_DAY);
        byte[] text = SHAPE.clone();
        put(text, 0, 4, day.getYear());
        put(text, 5, 7, day.getMonthValue());
        put(text, 8, 10, day.getDayOfMonth());
        put(text, 11, 13, second / 3_600);
        put(text, 14, 16, second / 60 % 60);
        put(text, 17, 19, second % 60);
        return withNanos(text, time.getNano());
    }

    /** None, or as many thousandths of thousandths as it takes. */
    private static String withNanos(byte[] toSeconds, int nanos) {
        int digits = NANO_DIGITS;
        int fraction = nanos;
        while (digits > 0 && fraction % 1_000 == 0) {
            fraction /= 1_000;
            digits -= 3;
        }
        int point = SHAPE.length;
        int end = digits == 0 ? point : point + 1 + digits;
        byte[] text = Arrays.copyOf(toSeconds, end + 1);
        if (digits > 0) {
            text[point] = '.';
            put(text, point + 1, end, fraction);
        }
        text[end] = 'Z';
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    private static void put(byte[] text, int from, int to, int number) {
        int rest = number;
        for (int i = to - 1; i >= from; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /** Null when it is in no such form: it may be a time all the same. */
    static @Nullable Instant read(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        return read(bytes, 0, bytes.length);
    }

    /** The same of some of the bytes, up to {@code to}. */
    static @Nullable Instant read(byte[] text, int from, int to) {
        int shapeEnd = from + SHAPE.length;
        if (to <= shapeEnd || text[to - 1] != 'Z' || !hasShape(text, from)) {
            return null;
        }
        int year = number(text, from, from + 4);
        int month = number(text, from + 5, from + 7);
        int day = number(text, from + 8, from + 10);
        int hour = number(text, from + 11, from + 13);
        int minute = number(text, from + 14, from + 16);
        int second = number(text, from + 17, from + 19);
        int nanos = nanos(text, shapeEnd, to - 1);
        boolean exists = month >= 1
                && month <= 12
                && day >= 1
                && (day <= 28 || day <= YearMonth.of(year, month).lengthOfMonth())
                && hour < 24
                && minute < 60
                && second < 60
                && nanos >= 0;
        return exists
                ? Instant.ofEpochSecond(
                        LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY
                                + hour * 3_600L
                                + minute * 60L
                                + second,
                        nanos)
                : null;
    }

    private static boolean hasShape(byte[] text, int from) {
        for (int i = 0; i < SHAPE.length; i++) {
            byte wanted = SHAPE[i];
            byte there = text[from + i];
            if (wanted == '0' ? there < '0' || there > '9' : there != wanted) {
                return false;
            }
        }
        return true;
    }

    private static int number(byte[] text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            number = number * 10 + text[i] - '0';
        }
        return number;
    }

    /** Negative when there is something else than a point and up to nine digits, or nothing. */
    private static int nanos(byte[] text, int from, int to) {
        if (from == to) {
            return 0;
        }
        int digits = to - from - 1;
        if (text[from] != '.' || digits < 1 || digits > NANO_DIGITS) {
            return -1;
        }
        int nanos = 0;
        for (int i = from + 1; i <= from + NANO_DIGITS; i++) {
            int digit = i < to ? text[i] - '0' : 0;
            if (digit < 0 || digit > 9) {
                return -1;
            }
            nanos = nanos * 10 + digit;
        }
        return nanos;
    }
}
