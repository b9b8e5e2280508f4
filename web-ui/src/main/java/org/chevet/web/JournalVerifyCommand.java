package org.chevet.web;

import org.chevet.archive.JournalVerification;
import org.chevet.journal.JdbcJournal;
import picocli.CommandLine.Command;

/** Reads everything. */
@Command(
        name = "verify",
        description = "Reads every event and says whether any is missing, damaged or contradicts those before it."
                + " Chevet may be running meanwhile.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:sound", "1:damaged, or it cannot be read", "2:the command line is wrong"})
final class JournalVerifyCommand extends JournalSubcommand {
    @Override
    int run() {
        try (JdbcJournal journal = openBeside()) {
            JournalVerification.Result result = JournalVerification.verify(journal);
            print(result.records(), out());
            result.problems().forEach(problem -> err().println(problem.getMessage()));
            if (result.records().isEmpty() && result.problems().isEmpty()) {
                out().println("The journal " + journal + " has no event.");
            }
            return result.problems().isEmpty() ? 0 : ChevetCommand.FAILED;
        }
    }
}
