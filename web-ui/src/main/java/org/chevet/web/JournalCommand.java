package org.chevet.web;

import picocli.CommandLine.Command;

/** What can be done with a journal from the command line. */
@Command(
        name = "journal",
        description = "Verifies, exports, imports, backs up and restores the journal.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        subcommands = {
            JournalVerifyCommand.class,
            JournalExportCommand.class,
            JournalImportCommand.class,
            JournalBackupCommand.class,
            JournalRestoreCommand.class
        })
final class JournalCommand {}
