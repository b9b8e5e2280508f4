package org.chevet.journal;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL journal is and who asks for it.
 *
 * @param url {@code jdbc:postgresql://host:port/database}, with the driver's own parameters where wanted ({@code sslmode},
 *     {@code currentSchema} …); never a password
 * @param passwordFile its first line is the password; null when the server asks for none
 */
public record PostgresServer(
        String url, String user, @Nullable Path passwordFile) {}
