/** The durable log of what happened: append, read, snapshot. Knows events, not decisions. */
@NullMarked
package org.chevet.journal;

import org.jspecify.annotations.NullMarked;
