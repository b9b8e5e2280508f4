package org.chevet.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.chevet.journal.PostgresServer;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/** Reads {@code journal:}, which says where the journal is when it is not in the data directory. */
final class JournalSection {
    private final ConfigurationReader reader;

    JournalSection(ConfigurationReader reader) {
        this.reader = reader;
    }

    /** Null when the journal is in the data directory. */
    @Nullable
    PostgresServer postgresql(JsonNode journal) {
        reader.checkMembers("journal", journal, List.of("postgresql"));
        JsonNode node = journal.path("postgresql");
        if (node.isMissingNode()) {
            return null;
        }
        reader.checkMembers("journal.postgresql", node, List.of("url", "user", "passwordFile"));
        String url = reader.text("journal.postgresql.url", node.path("url"), null);
        String user = reader.text("journal.postgresql.user", node.path("user"), null);
        JsonNode file = node.path("passwordFile");
        Path passwordFile = file.isMissingNode() ? null : reader.path("journal.postgresql.passwordFile", file, null);
        if (!url.isEmpty()) {
            checkUrl(url);
        }
        return new PostgresServer(url, user, passwordFile);
    }

    private void checkUrl(String url) {
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            reader.problem("journal.postgresql.url", "has a password in it. Write that into a file: passwordFile.");
        } else if (!url.startsWith("jdbc:postgresql://") || Driver.parseURL(url, null) == null) {
            reader.problem(
                    "journal.postgresql.url",
                    "'" + url + "' is no address. Write for example jdbc:postgresql://db.hopital.fr:5432/chevet.");
        }
    }
}
