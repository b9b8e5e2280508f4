package org.chevet.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chevet.event.Recorded;
import org.chevet.occupancy.Breach;

/**
 * A kept breach, decided once more by this release, in words that name no patient.
 *
 * @param asked the kinds of commands
 * @param events the kinds of events that came of them then
 * @param sameEvents whether the same events came of them now
 * @param then the breaches as they were found
 * @param now those found by this release; none when the fault is mended, or was not in what the journal has
 */
public record BreachReplay(
        List<String> asked, List<String> events, boolean sameEvents, List<Breach> then, List<Breach> now) {

    /** @throws IOException when the file cannot be read, or not replayed; the message says why */
    public static BreachReplay of(Path file) throws IOException {
        BreachFile breach;
        try (InputStream in = Files.newInputStream(file)) {
            breach = BreachFile.read(in);
        } catch (RuntimeException e) {
            throw new IOException(
                    "it is no breach file of this release (" + e.getClass().getSimpleName() + ")", e);
        }
        if (breach.before() == null) {
            throw new IOException("it does not hold the state before: the journal could not be read when it was kept");
        }
        BreachFile.Replay replay = breach.replay();
        return new BreachReplay(
                breach.asked().stream()
                        .flatMap(one -> one.commands().stream())
                        .map(command -> command.getClass().getSimpleName())
                        .toList(),
                breach.events().stream()
                        .map(Recorded::event)
                        .map(event -> event.getClass().getSimpleName())
                        .toList(),
                replay.sameEvents(),
                breach.breaches(),
                replay.breaches());
    }
}
