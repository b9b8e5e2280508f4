package org.chevet.feed.hl7;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.chevet.hospital.Patient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What senders say about their encoding, what their bytes say, and who is believed. */
class EncodingsTest {
    private final TestHospital hospital = new TestHospital();
    private final AdtFeed feed = new AdtFeed("pas", hospital, AdtFeedOptions.defaults());

    @ParameterizedTest
    @CsvSource({
        // declared, real, name, contradicted
        "8859/1, ISO-8859-1, H\u00e9l\u00e8ne, false",
        "8859/15, ISO-8859-15, C\u0153ur, false",
        "8859/2, ISO-8859-2, \u0141ukasz, false",
        "8859/5, ISO-8859-5, \u0418\u0432\u0430\u043d, false",
        "UNICODE UTF-8, UTF-8, C\u0153ur \u0141 \u0418, false",
        "utf-8, UTF-8, H\u00e9l\u00e8ne, false",
        "windows-1252, windows-1252, O\u2019Hara, false",
        "BIG-5, Big5, \u4e2d\u6587, false",
        "GB 18030-2000, GB18030, \u4e2d\u6587, false",
        "ASCII, US-ASCII, Helene, false",
        "'', ISO-8859-15, C\u0153ur, false",
        "'', UTF-8, C\u0153ur, false",
        // Lies.
        "UNICODE UTF-8, ISO-8859-15, H\u00e9l\u00e8ne, true",
        "UNICODE UTF-8, windows-1252, C\u0153ur d\u2019\u00e9t\u00e9, true",
        "8859/1, UTF-8, H\u00e9l\u00e8ne, true",
        "8859/15, UTF-8, C\u0153ur, true",
        "8859/1, windows-1252, C\u0153ur, true",
        "8859/15, windows-1252, O\u2019Hara, true",
        "ASCII, ISO-8859-15, H\u00e9l\u00e8ne, true",
        "ASCII, UTF-8, H\u00e9l\u00e8ne, true",
        "klingon, ISO-8859-15, H\u00e9l\u00e8ne, true",
        "UNICODE UTF-16, ISO-8859-15, H\u00e9l\u00e8ne, true",
        "IBM037, ISO-8859-15, H\u00e9l\u00e8ne, true",
    })
    void shouldReadTheNameWhateverIsSaidOfItsEncoding(String declared, String real, String name, boolean contradicted) {
        byte[] payload = message(declared, name).getBytes(Charset.forName(real));
        byte[] answer = feed.receive(payload).toCompletableFuture().join();

        assertThat(new String(answer, StandardCharsets.ISO_8859_1)).contains("MSA|AA|M1");
        assertThat(patient().familyName()).isEqualTo(name);
        assertThat(feed.status().door().encodingContradictions()).isEqualTo(contradicted ? 1 : 0);
    }

    @Test
    void shouldSayWhatWasWrongAndNeverWhatWasWritten() {
        byte[] payload = message("UNICODE UTF-8", "H\u00e9l\u00e8ne").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Hl7Text.decode(payload, Encodings.ISO_8859_15).contradiction())
                .isEqualTo("MSH-18 says UTF-8, the bytes are read as ISO-8859-15");
        byte[] unknown = message("DURAND", "H\u00e9l\u00e8ne").getBytes(StandardCharsets.ISO_8859_1);
        assertThat(Hl7Text.decode(unknown, Encodings.ISO_8859_15).contradiction())
                .isEqualTo("MSH-18 names an encoding that is not known, the bytes are read as ISO-8859-15");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16BE", "UTF-16LE"})
    void shouldHeedAByteOrderMark(String charset) {
        byte[] payload = ("\uFEFF" + message("8859/1", "C\u0153ur \u0141")).getBytes(Charset.forName(charset));
        feed.receive(payload).toCompletableFuture().join();
        assertThat(patient().familyName()).isEqualTo("C\u0153ur \u0141");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE"})
    void shouldKnowUtf16WithoutAMark(String charset) {
        byte[] payload = message("UNICODE UTF-16", "C\u0153ur").getBytes(Charset.forName(charset));
        feed.receive(payload).toCompletableFuture().join();
        assertThat(patient().familyName()).isEqualTo("C\u0153ur");
    }

    @Test
    void shouldLoseNoByteOfAnything() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] header = "MSH|^~\\&|A|B|C|D|20240101||ADT^A28|1|P|2.5\rNTE|1||".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < 500; i++) {
            byte[] noise = new byte[random.nextInt(60)];
            random.nextBytes(noise);
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            payload.writeBytes(header);
            payload.writeBytes(noise);
            Encodings.Decoded decoded = Encodings.decode(payload.toByteArray(), Encodings.ISO_8859_15);
            assertThat(decoded.text().getBytes(decoded.charset()))
                    .as("seed %d, round %d, %s", seed, i, decoded.charset())
                    .isEqualTo(payload.toByteArray());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "A\\F\\B, A|B",
        "A\\S\\B, A^B",
        "A\\T\\B, A&B",
        "A\\R\\B, A~B",
        "A\\E\\B, A\\B",
        "\\XC389\\LODIE, \u00c9LODIE",
        "A\\X2D\\B, A-B",
        "A\\X0D0A\\B, A B",
        "A\\.br\\B, A B",
        "A\\.sp+2\\B, A B",
        "\\H\\A\\N\\B, AB",
        "A\\C2842\\B, A\\C2842\\B",
        "A\\M242159\\B, A\\M242159\\B",
        "A\\Zsite\\B, A\\Zsite\\B",
        "A\\XZZ\\B, A\\XZZ\\B",
        "A\\B, A\\B"
    })
    void shouldResolveEscapesAndLeaveReadableWhatItCannot(String written, String read) {
        receive(message("UNICODE UTF-8", written));
        assertThat(patient().familyName()).isEqualTo(read);
    }

    @Test
    void shouldReadCustomDelimiters() {
        receive("MSH#*~?@#PAS#CHU#CHEVET#CHU#20240306111154##ADT*A01*ADT_A01#M1#P#2.5\r"
                + "EVN##20240306111154\rPID#1##3***CHU##O?S?N?F?1?T?\\^|*Anne##19500328#F\r"
                + "PV1#1#I#CARD*CH12*P################V1***CHU*VN\r");
        assertThat(patient().familyName()).isEqualTo("O*N#1@\\^|");
        assertThat(patient().givenName()).isEqualTo("Anne");
    }

    @ParameterizedTest
    @ValueSource(strings = {"^~\\&#", "^~\\", "^~", "^"})
    void shouldReadMoreOrFewerDelimiters(String delimiters) {
        assertThat(receive(message("UNICODE UTF-8", "DURAND").replace("^~\\&", delimiters)))
                .contains("MSA|AA|M1");
        assertThat(patient().familyName()).isEqualTo("DURAND");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r", "\n", "\r\n", "\r\r\n", "\n\n"})
    void shouldGoOnAfterALineEndInsideAField(String lineEnd) {
        String text = Adt.of("A01")
                .at("CARD^CH12^P")
                .patient(
                        "1||DURAND^Anne||19500328|F|||12 rue X\nBat. B\n33000 BORDEAUX" + "|".repeat(7) + "V9^^^CHU^AN")
                .pv1(19, "")
                .text();
        assertThat(receive(text.replace("\r", lineEnd))).contains("MSA|AA|M1");
        assertThat(hospital.stay("V9").knownPatient().sex()).isEqualTo(org.chevet.hospital.Sex.FEMALE);
    }

    private static String message(String declared, String name) {
        return Adt.of("A01").at("CARD").patient("1||" + name + "^X").text().replace("UNICODE UTF-8", declared);
    }

    private String receive(String text) {
        return new String(
                feed.receive(text.getBytes(StandardCharsets.UTF_8))
                        .toCompletableFuture()
                        .join(),
                StandardCharsets.UTF_8);
    }

    private Patient patient() {
        return hospital.stay("V1").knownPatient();
    }
}
