package org.chevet.runtime;

import java.util.List;
import org.chevet.event.Command;
import org.chevet.event.Origin;
import org.chevet.hospital.Hospital;
import org.chevet.hospital.HospitalId;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of a hospital in one piece.
 *
 * @param key the same one means the same thing, asked again; null when it is never asked again
 */
record Submission(
        List<Command> commands, Origin origin, @Nullable String key) {
    Submission {
        commands = List.copyOf(commands);
    }

    /** The sender's number is taken together with who acts and the act itself. */
    static Submission ofAct(Command.Act act, Origin.Person actor, @Nullable String idempotencyKey) {
        checkLength(idempotencyKey);
        String content = Integer.toHexString(List.of(actor, act).toString().hashCode());
        return new Submission(List.of(act), actor, idempotencyKey == null ? null : idempotencyKey + "#" + content);
    }

    static Submission ofFacts(List<Command.Fact> facts, Origin.Feed feed, @Nullable String idempotencyKey) {
        checkLength(idempotencyKey);
        return new Submission(List.copyOf(facts), feed, idempotencyKey);
    }

    static Submission ofDefinition(Hospital hospital, HospitalId id) {
        if (!hospital.id().equals(id)) {
            throw new IllegalArgumentException("the layout of hospital " + hospital.id() + " is not one of " + id);
        }
        return new Submission(List.of(new Command.DefineHospital(hospital)), new Origin.Engine(), null);
    }

    private static void checkLength(@Nullable String key) {
        if (key != null && key.length() > HospitalAccess.IDEMPOTENCY_KEY_CHARS_MAX) {
            throw new IllegalArgumentException("the idempotency key has " + key.length() + " characters, 1 to "
                    + HospitalAccess.IDEMPOTENCY_KEY_CHARS_MAX + " wanted");
        }
    }

    Submission withKey(String other) {
        return new Submission(commands, origin, other);
    }

    /** What was asked, without what it says. */
    String kinds() {
        return commands.stream()
                .map(command -> command.getClass().getSimpleName())
                .toList()
                .toString();
    }
}
