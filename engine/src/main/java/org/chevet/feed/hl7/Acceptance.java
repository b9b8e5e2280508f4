package org.chevet.feed.hl7;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.chevet.event.QuarantineCause;
import org.chevet.feed.hl7.Translation.Code;
import org.chevet.feed.hl7.Translation.NotUnderstood;
import org.jspecify.annotations.Nullable;

/** What a header may say for its message to be looked at (v2.5, 2.9.2: MSH-9, MSH-11 and MSH-12). */
final class Acceptance {
    /** Every version 2 reads alike, for what beds need of it. */
    private static final Pattern VERSION_2 = Pattern.compile("2(\\.[0-9.]+)?");

    private static final Pattern SHORT_CODE = Pattern.compile("[A-Za-z0-9.]{1,8}");

    private Acceptance() {}

    /** @return why not, null when it may; what is left empty is no reason, but for the type */
    static @Nullable NotUnderstood refusal(MessageHeader header, Set<String> processingIds) {
        if (header.type().isEmpty()) {
            return notAcceptable("MSH-9", Code.UNSUPPORTED_TYPE, "MSH-9 is empty: no telling what this message is");
        }
        String processing = header.component(MessageHeader.PROCESSING_ID, 1);
        if (!processing.isEmpty() && !processingIds.contains(processing)) {
            return notAcceptable(
                    "MSH-11",
                    Code.UNSUPPORTED_PROCESSING,
                    "MSH-11 is " + quoted(processing) + ", this feed takes " + new TreeSet<>(processingIds)
                            + ". Maybe a training system sends to the wrong port.");
        }
        String version = header.component(MessageHeader.VERSION, 1);
        if (!version.isEmpty() && !VERSION_2.matcher(version).matches()) {
            return notAcceptable(
                    "MSH-12", Code.UNSUPPORTED_VERSION, "MSH-12 is " + quoted(version) + ", this feed takes version 2");
        }
        return null;
    }

    private static NotUnderstood notAcceptable(String field, Code code, String reason) {
        return new NotUnderstood(
                field, code, reason, QuarantineCause.of(QuarantineCause.Code.HEADER_NOT_ACCEPTED, "field", field));
    }

    /** Fields out of place may hold anything, even a name. */
    private static String quoted(String value) {
        return SHORT_CODE.matcher(value).matches() ? value : "no code (" + value.length() + " characters)";
    }
}
