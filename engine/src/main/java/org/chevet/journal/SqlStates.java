package org.chevet.journal;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's error codes mean to whoever runs the machine (PostgreSQL documentation, appendix A). */
final class SqlStates {
    static final String UNIQUE_VIOLATION = "23505";

    private SqlStates() {}

    /** The first code in the chain of causes: pools wrap what the driver says. */
    static @Nullable String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && sql.getSQLState() != null) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    static String advice(@Nullable String state) {
        return switch (state) {
            case null -> "Maybe the server is down or cannot be reached.";
            case "28P01", "28000" ->
                "The server does not let this user in: look at the user, the password file and pg_hba.conf.";
            case "3D000" -> "The database does not exist: create it (CREATE DATABASE), or name another.";
            case "3F000" -> "The schema does not exist: create it, or name another in the URL's currentSchema.";
            case "42501" -> "The user lacks a right: let it own the database, or the schema, that the journal is in.";
            case "53100" -> "The server's disk is full: free some space on it.";
            case "53200", "53300", "53400" ->
                "The server is short of memory or connections: look at its log, and at max_connections.";
            case "25006" ->
                "The server only lets read: maybe it is a standby. Name the primary, or both with targetServerType=primary.";
            case "55P03", "40P01" -> "Another session holds the tables: look for it in pg_stat_activity.";
            case "57014" -> "The server took too long and the request was called off: look at its load and its disk.";
            case "57P01", "57P02", "57P03" -> "The server is stopping or starting: it comes back by itself.";
            case "58030" -> "The server's disk failed: look at its log.";
            case "XX001", "XX002" -> "The database is damaged: restore it from a backup.";
            default -> ofClass(state);
        };
    }

    private static String ofClass(String state) {
        return switch (state.substring(0, Math.min(2, state.length()))) {
            case "08" ->
                "Maybe the server is down or cannot be reached: look at its address, and at what lies between.";
            case "53" -> "The server is short of something: look at its log.";
            case "58" -> "Something around the server failed: look at its log.";
            case "XX" -> "The server has met a fault of its own: look at its log.";
            default -> "PostgreSQL says " + state + ": look at the server's log.";
        };
    }
}
