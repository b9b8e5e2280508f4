package org.chevet.feed.hl7;

import java.nio.charset.Charset;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.chevet.event.Ending;
import org.chevet.event.StatedBedStatus;

/**
 * What a site may set about its feed.
 *
 * @param defaultCharset for messages whose MSH-18 is empty, names no known encoding, or is contradicted by the bytes
 * @param bedStatusCodes what the site writes in NPU-2, to the state meant; HL7 table 0116 unless told otherwise
 * @param places what this sender calls places, beside what the hospital's file says
 * @param authorities who gives out this hospital's own visit numbers, by the names and object identifiers (CX-4) that this sender has for
 *     them: their numbers stay as they are, those of others are called {@code AUTHORITY:number}. Empty: all numbers stay as they are
 * @param processingIds what MSH-11 may be (HL7 table 0103): a site that goes live takes P alone, so that what is sent in training
 *     moves nobody
 * @param silentAfter how long the feed may say nothing, in the hospital's time, before its figures are old
 */
public record AdtFeedOptions(
        Charset defaultCharset,
        Map<String, StatedBedStatus> bedStatusCodes,
        Set<String> processingIds,
        FeedPlaces places,
        Set<String> authorities,
        Duration silentAfter) {
    public static final Duration SILENT_AFTER = Duration.ofMinutes(10);

    /** HL7 table 0103: production, training, debugging. */
    public static final Set<String> TABLE_0103 = Set.of("P", "T", "D");

    /** HL7 table 0116. */
    public static final Map<String, StatedBedStatus> TABLE_0116 = Map.of(
            "C", StatedBedStatus.CLOSED,
            "H", StatedBedStatus.HOUSEKEEPING,
            "K", StatedBedStatus.CONTAMINATED,
            "U", StatedBedStatus.UNOCCUPIED,
            "O", StatedBedStatus.OCCUPIED,
            "I", StatedBedStatus.ISOLATED);

    /**
     * HL7 table 0112, as most sites use it. Its codes have two digits: the one-digit codes of the French profile say why
     * the patient leaves, not where to; they, and any code that is not here, mean an ordinary discharge.
     */
    static final Map<String, Ending> TABLE_0112 = table0112();

    public AdtFeedOptions {
        bedStatusCodes = Map.copyOf(bedStatusCodes);
        processingIds = Set.copyOf(processingIds);
        authorities = Set.copyOf(authorities);
        if (silentAfter.isNegative() || silentAfter.isZero()) {
            throw new IllegalArgumentException(
                    "a feed cannot be silent after " + silentAfter + ". Maybe give minutes, for example PT10M.");
        }
    }

    public static AdtFeedOptions defaults() {
        return new AdtFeedOptions(
                Encodings.ISO_8859_15, TABLE_0116, TABLE_0103, FeedPlaces.NONE, Set.of(), SILENT_AFTER);
    }

    public AdtFeedOptions withDefaultCharset(Charset charset) {
        return new AdtFeedOptions(charset, bedStatusCodes, processingIds, places, authorities, silentAfter);
    }

    public AdtFeedOptions withBedStatusCodes(Map<String, StatedBedStatus> codes) {
        return new AdtFeedOptions(defaultCharset, codes, processingIds, places, authorities, silentAfter);
    }

    public AdtFeedOptions withSilentAfter(Duration duration) {
        return new AdtFeedOptions(defaultCharset, bedStatusCodes, processingIds, places, authorities, duration);
    }

    public AdtFeedOptions withProcessingIds(Set<String> ids) {
        return new AdtFeedOptions(defaultCharset, bedStatusCodes, ids, places, authorities, silentAfter);
    }

    public AdtFeedOptions withPlaces(FeedPlaces others) {
        return new AdtFeedOptions(defaultCharset, bedStatusCodes, processingIds, others, authorities, silentAfter);
    }

    public AdtFeedOptions withAuthorities(Set<String> ours) {
        return new AdtFeedOptions(defaultCharset, bedStatusCodes, processingIds, places, ours, silentAfter);
    }

    private static Map<String, Ending> table0112() {
        Map<String, Ending> codes = new HashMap<>();
        for (String code : new String[] {"20", "40", "41", "42"}) {
            codes.put(code, Ending.DIED);
        }
        for (String code : new String[] {"02", "03", "04", "05", "43", "61", "62", "63", "64", "65", "66", "70"}) {
            codes.put(code, Ending.TRANSFERRED_OUT);
        }
        return codes;
    }
}
