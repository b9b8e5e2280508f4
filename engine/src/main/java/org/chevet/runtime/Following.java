package org.chevet.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How this member stands to a hospital that it shares.
 *
 * @param writer what people call the member that writes it, null when none is heard
 * @param writes whether that is this one
 * @param age of what is shown here; zero for the writer
 * @param behind events that the writer is known to have and that are not shown here
 * @param losses how often it found another one writing
 */
public record Following(@Nullable String writer, boolean writes, Duration age, long behind, long losses) {}
