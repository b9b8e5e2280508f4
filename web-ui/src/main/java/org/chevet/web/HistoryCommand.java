package org.chevet.web;

import picocli.CommandLine.Command;

/** What can be done with the time before the journal from the command line. */
@Command(
        name = "history",
        description = "Imports what a hospital's other systems remember of the time before Chevet, for forecasts.",
        mixinStandardHelpOptions = true,
        versionProvider = ChevetCommand.Version.class,
        subcommands = {HistoryImportCommand.class})
final class HistoryCommand {}
