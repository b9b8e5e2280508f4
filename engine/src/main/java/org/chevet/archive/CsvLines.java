package org.chevet.archive;

import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file, one line after the other: fields parted by commas or semicolons, as its header has them, quoted where need be (RFC 4180). With or without a
 * byte order mark.
 */
final class CsvLines {
    /** Longest line, quoted line breaks included: a quote that nobody closed would make one of the rest of the file. */
    static final int LINE_CHARS_MAX = 64 * 1024;

    private static final int HEADER_CHARS_MAX = 8 * 1024;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    /** @param number of the file's line that it begins on, the header's being 1 */
    record Line(long number, List<String> fields) {}

    private final LimitedReader text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private long linesRead;

    /** @throws BrokenException when it begins with what is no text */
    CsvLines(Reader file) throws IOException, BrokenException {
        BufferedReader buffered = new BufferedReader(file, HEADER_CHARS_MAX);
        text = new LimitedReader(buffered);
        parser = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator(begin(buffered)))
                .setIgnoreEmptyLines(false)
                .setIgnoreSurroundingSpaces(true)
                .setTrim(true)
                .get()
                .parse(text);
        records = parser.iterator();
    }

    /** The first line, which is read again, but for a mark before it. */
    private String begin(BufferedReader buffered) throws IOException, BrokenException {
        char[] begin = new char[HEADER_CHARS_MAX];
        buffered.mark(HEADER_CHARS_MAX);
        try {
            int count = 0;
            int read = 0;
            while (read >= 0 && count < begin.length && !hasLineBreak(begin, count)) {
                count += read;
                read = buffered.read(begin, count, begin.length - count);
            }
            buffered.reset();
            if (count > 0 && begin[0] == BYTE_ORDER_MARK) {
                buffered.read();
            }
            return new String(begin, 0, count).lines().findFirst().orElse("");
        } catch (CharacterCodingException e) {
            throw broken(e);
        }
    }

    private static boolean hasLineBreak(char[] text, int count) {
        for (int i = 0; i < count; i++) {
            if (text[i] == '\n' || text[i] == '\r') {
                return true;
            }
        }
        return false;
    }

    private static char separator(String header) {
        return header.chars().filter(character -> character == ';').count()
                        > header.chars().filter(character -> character == ',').count()
                ? ';'
                : ',';
    }

    /**
     * The next line that is not empty, null at the end.
     *
     * @throws BrokenException when what follows is no line, and none after it can be told
     */
    @Nullable
    Line next() throws IOException, BrokenException {
        try {
            while (records.hasNext()) {
                long number = linesRead + 1;
                CSVRecord next = records.next();
                linesRead = Math.max(number, parser.getCurrentLineNumber());
                text.lineWasRead();
                List<String> fields = new ArrayList<>(next.toList());
                if (!fields.stream().allMatch(String::isEmpty)) {
                    return new Line(number, fields);
                }
            }
            return null;
        } catch (UncheckedIOException e) {
            throw broken(Objects.requireNonNull(e.getCause()));
        }
    }

    private BrokenException broken(IOException failure) throws IOException {
        String how = switch (failure) {
            case LineTooLongException tooLong ->
                "is longer than " + LINE_CHARS_MAX + " characters. Maybe a quote (\") is not closed.";
            case CharacterCodingException coding -> "or one soon after it is not UTF-8. Save the file as UTF-8.";
            case CSVException csv ->
                "has a quote (\") amid a field. Quote whole fields, and write a quote in them twice.";
            default -> throw failure;
        };
        return new BrokenException(linesRead + 1, how);
    }

    /** The file cannot be read beyond a line. */
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        final long line;
        final String how;

        BrokenException(long line, String how) {
            super("line " + line + " " + how);
            this.line = line;
            this.how = how;
        }
    }

    private static final class LineTooLongException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Ends a line that has no end. The parser reads some thousand characters ahead, which count to the line before. */
    private static final class LimitedReader extends FilterReader {
        private long charsSinceLine;

        LimitedReader(Reader reader) {
            super(reader);
        }

        void lineWasRead() {
            charsSinceLine = 0;
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            if (charsSinceLine > LINE_CHARS_MAX) {
                throw new LineTooLongException();
            }
            int count = in.read(buffer, offset, length);
            charsSinceLine += Math.max(0, count);
            return count;
        }

        @Override
        public int read() throws IOException {
            char[] one = new char[1];
            return read(one, 0, 1) < 0 ? -1 : one[0];
        }
    }

    /** A column's name, however it was typed. */
    static String columnName(String header) {
        return header.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }
}
